/** Tests of the cost models. */
@NullMarked
package io.waip.cost;

import org.jspecify.annotations.NullMarked;
