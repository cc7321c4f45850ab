/** Tests of {@code io.waip.cost.quantile}. */
@NullMarked
package io.waip.cost.quantile;

import org.jspecify.annotations.NullMarked;
