package io.waip.api.plan;

import io.waip.api.Tier;

/**
 * What is asked of a service, and what it is worth.
 *
 * @param name not blank
 * @param ratePerSecond requests offered per second, finite, {@code >= 0}
 * @param latencyNanos bound from arrival to answer, {@code > 0}; offline work is not bound by it
 * @param qualityFloor least mean of the lower-bound quality over the service's served requests,
 *     {@code [0, 1]}; 0 for none
 * @param valuePerRequest worth of an answer in time relative to that of other services, finite,
 *     {@code > 0}
 * @param tier class of its requests
 * @param promisedPerSecond rate that must be served whatever else is asked, {@code [0,
 *     ratePerSecond]}
 */
public record ServiceDemand(
    String name,
    double ratePerSecond,
    long latencyNanos,
    double qualityFloor,
    double valuePerRequest,
    Tier tier,
    double promisedPerSecond) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ServiceDemand {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a service must have a name");
    }
    require(ratePerSecond >= 0, name, "rate must be finite and >= 0", ratePerSecond);
    require(latencyNanos > 0, name, "latency must be > 0 ns", latencyNanos);
    require(
        qualityFloor >= 0 && qualityFloor <= 1,
        name,
        "quality floor must be in [0, 1]",
        qualityFloor);
    require(valuePerRequest > 0, name, "value must be finite and > 0", valuePerRequest);
    require(
        promisedPerSecond >= 0 && promisedPerSecond <= ratePerSecond,
        name,
        "promised rate must be in [0, rate]",
        promisedPerSecond);
  }

  private static void require(boolean holds, String name, String rule, double found) {
    if (!holds || Double.isInfinite(found)) {
      throw new IllegalArgumentException("service '%s': %s, is %s".formatted(name, rule, found));
    }
  }

  /** Returns the same with another promise. */
  public ServiceDemand withPromise(double perSecond) {
    return new ServiceDemand(
        name, ratePerSecond, latencyNanos, qualityFloor, valuePerRequest, tier, perSecond);
  }

  /** Returns the same with another quality floor. */
  public ServiceDemand withQualityFloor(double floor) {
    return new ServiceDemand(
        name, ratePerSecond, latencyNanos, floor, valuePerRequest, tier, promisedPerSecond);
  }
}
