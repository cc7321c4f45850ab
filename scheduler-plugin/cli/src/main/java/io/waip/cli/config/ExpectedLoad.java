package io.waip.cli.config;

import io.waip.replay.arrivals.ArrivalSpec;

/**
 * The requests that a service is planned for.
 *
 * @param ratePerSecond mean, {@code > 0}
 * @param arrivals how they come where no trace says it
 */
public record ExpectedLoad(double ratePerSecond, ArrivalSpec arrivals) {
  /** Independent requests of many clients. */
  public static final String DEFAULT_ARRIVALS = "poisson";
}
