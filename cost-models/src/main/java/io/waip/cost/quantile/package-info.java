/**
 * Conformal bounds: which of the residuals at points a curve did not see bounds the next one, and
 * which points speak for a shape. Values only; any thread.
 */
@NullMarked
package io.waip.cost.quantile;

import org.jspecify.annotations.NullMarked;
