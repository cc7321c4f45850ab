/** Tests of {@code io.waip.cost.shape}. */
@NullMarked
package io.waip.cost.shape;

import org.jspecify.annotations.NullMarked;
