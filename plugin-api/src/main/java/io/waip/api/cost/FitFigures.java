package io.waip.api.cost;

import java.util.OptionalDouble;

/**
 * Errors of a fit at points it did not see. Every error is {@code |predicted / measured - 1|}.
 *
 * @param points shapes known
 * @param trainPoints shapes a fit saw
 * @param meanAbsRelError mean over all held-out points of all splits, extrapolated ones included
 * @param p99AbsRelError 99th percentile over the held-out points of a split, mean over splits
 * @param pooledP99AbsRelError 99th percentile over the held-out points of all splits together
 * @param extrapolatedShare share of held-out points outside the range of the points a fit saw, in
 *     {@code [0, 1]}
 * @param withinMeanAbsRelError mean over the other held-out points; NaN where there is none
 * @param repeatAbsRelError mean deviation of a repeated measurement from the median of its shape,
 *     relative: no model does better; empty where nothing was repeated
 * @param coverageP95 share of held-out points at or below the p95 bound, mean over splits; empty
 *     where no bound can be given
 * @param coverageP99 the same for p99
 * @param bandP95MedianWidth median of {@code bound / prediction - 1} over the same points
 */
public record FitFigures(
    int points,
    int trainPoints,
    double meanAbsRelError,
    double p99AbsRelError,
    double pooledP99AbsRelError,
    double extrapolatedShare,
    double withinMeanAbsRelError,
    OptionalDouble repeatAbsRelError,
    OptionalDouble coverageP95,
    OptionalDouble coverageP99,
    OptionalDouble bandP95MedianWidth) {}
