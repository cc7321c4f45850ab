package io.waip.replay.capacity;

/**
 * Devices that are taken away at times, at a price of their own. Each is interrupted after
 * independent exponential times: at the notice it takes no new batch, at its end what still runs
 * fails, and after the replacement time another device takes its place.
 *
 * @param price of those devices
 * @param interruptionsPerHour of each device that is up, {@code (0, 3600]}
 * @param noticeNanos from the notice to the end, nanoseconds, {@code [0, 1 h]}
 * @param replacementNanos from the end to when the next device serves, nanoseconds, {@code [0, 24
 *     h]}
 */
public record SpotTerms(
    PriceCurve price, double interruptionsPerHour, long noticeNanos, long replacementNanos) {
  /** Nanoseconds in an hour. */
  static final long HOUR_NANOS = 3_600_000_000_000L;

  private static final double MOST_PER_HOUR = 3600;
  private static final long LONGEST_REPLACEMENT_NANOS = 24 * HOUR_NANOS;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public SpotTerms {
    if (!(interruptionsPerHour > 0 && interruptionsPerHour <= MOST_PER_HOUR)) {
      throw new IllegalArgumentException(
          "interruptions per hour must be in (0, 3600], are " + interruptionsPerHour);
    }
    if (noticeNanos < 0 || noticeNanos > HOUR_NANOS) {
      throw new IllegalArgumentException("notice must be in [0, 1h], is " + noticeNanos + " ns");
    }
    if (replacementNanos < 0 || replacementNanos > LONGEST_REPLACEMENT_NANOS) {
      throw new IllegalArgumentException(
          "replacement must be in [0, 24h], is " + replacementNanos + " ns");
    }
  }
}
