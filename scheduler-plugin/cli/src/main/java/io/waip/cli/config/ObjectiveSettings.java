package io.waip.cli.config;

import io.waip.api.Tier;
import java.util.OptionalDouble;

/**
 * What a service promises.
 *
 * @param tier class of a request that names none
 * @param latency bounds on times
 * @param qualityFloor least quality of a variant that may answer, {@code [0, 1]}
 * @param throughputPerSecond completions promised per second, {@code > 0}; empty for none
 * @param availability share of requests that must be answered, {@code (0, 1]}; empty for none
 */
public record ObjectiveSettings(
    Tier tier,
    LatencyBounds latency,
    double qualityFloor,
    OptionalDouble throughputPerSecond,
    OptionalDouble availability) {

  /** A service that names no tier has someone waiting for it. */
  public static final Tier DEFAULT_TIER = Tier.INTERACTIVE;

  /** Every variant may answer. */
  public static final double DEFAULT_QUALITY_FLOOR = 0;
}
