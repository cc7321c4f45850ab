/** Tests of {@code io.waip.cost.fit}. */
@NullMarked
package io.waip.cost.fit;

import org.jspecify.annotations.NullMarked;
