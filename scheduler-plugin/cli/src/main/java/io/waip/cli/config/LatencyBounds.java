package io.waip.cli.config;

import io.waip.api.deployment.Objective;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds on the times of a request, each {@code > 0} and empty for none.
 *
 * @param total intended arrival to last output
 * @param ttft intended arrival to first output token, at most {@code total}
 * @param tpot mean time per output token after the first, at most {@code total}
 * @param percentile share of requests that must meet the bounds, in percent, {@code (0, 100)}
 */
public record LatencyBounds(
    Optional<Duration> total, Optional<Duration> ttft, Optional<Duration> tpot, double percentile) {

  /** One in a hundred requests may be late. */
  public static final double DEFAULT_PERCENTILE = Objective.DEFAULT_PERCENTILE;
}
