package io.waip.cli.demo.load;

import io.waip.api.Tier;

/**
 * Which requests count: the same rule for every arm, for tuning and for the limit.
 *
 * @param sloNanos longest time from intended send to answer of a request with a deadline, {@code >
 *     0}
 * @param windowNanos measured window; requests sent in {@code [0, windowNanos)} are offered, and
 *     offline ones must be answered within it, {@code > 0}
 */
public record GoodputRule(long sloNanos, long windowNanos) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public GoodputRule {
    if (sloNanos <= 0 || windowNanos <= 0) {
      throw new IllegalArgumentException(
          "slo and window must be positive, are %d and %d ns".formatted(sloNanos, windowNanos));
    }
  }

  /** Returns the last useful time of an answer, nanoseconds from the start of the window. */
  public long lastUsefulNanos(Tier tier, long sendNanos) {
    return tier == Tier.OFFLINE ? windowNanos : sendNanos + sloNanos;
  }

  /** Returns the window in seconds. */
  public double windowSeconds() {
    return windowNanos / 1e9;
  }
}
