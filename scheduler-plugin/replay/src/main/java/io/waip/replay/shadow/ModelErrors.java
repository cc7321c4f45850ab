package io.waip.replay.shadow;

import java.util.OptionalDouble;

/**
 * How far one model was off over executions.
 *
 * @param meanAbsRelError mean of {@code |predicted / measured - 1|}
 * @param meanLogRatio mean of {@code ln(predicted / measured)}: above 0 it predicts too long
 * @param coverageP95 share of executions at or below its p95 bound, of those with one; empty where
 *     none has
 * @param coverageP99 the same for p99
 * @param widthP95 mean of {@code p95 bound / prediction - 1}, of executions with one; empty where
 *     none has
 */
public record ModelErrors(
    double meanAbsRelError,
    double meanLogRatio,
    OptionalDouble coverageP95,
    OptionalDouble coverageP99,
    OptionalDouble widthP95) {}
