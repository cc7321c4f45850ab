package io.waip.api.deployment;

import io.waip.api.Tier;
import java.time.Duration;

/**
 * What a service promises.
 *
 * @param tier class of a request that names none
 * @param latency bound from intended arrival to answer, {@code > 0}
 * @param percentile share of requests that must meet it, in percent, {@code (0, 100)}
 * @param qualityFloor least variant quality, {@code [0, 1]}
 */
public record Objective(Tier tier, Duration latency, double percentile, double qualityFloor) {
  /** Percentile of an objective that names none. */
  public static final double DEFAULT_PERCENTILE = 99;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Objective {
    if (latency.isZero() || latency.isNegative()) {
      throw new IllegalArgumentException("latency must be positive, is " + latency);
    }
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException("percentile must be in (0, 100), is " + percentile);
    }
    if (!(qualityFloor >= 0 && qualityFloor <= 1)) {
      throw new IllegalArgumentException("quality_floor must be in [0, 1], is " + qualityFloor);
    }
  }

  /** Returns an interactive objective with the default percentile and no quality floor. */
  public static Objective interactive(Duration latency) {
    return new Objective(Tier.INTERACTIVE, latency, DEFAULT_PERCENTILE, 0);
  }
}
