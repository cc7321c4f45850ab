package io.waip.cost.drift;

/**
 * Settings of a stream that is watched by windows of time.
 *
 * @param windowNanos length of a window, nanoseconds, 10 s to 60 s: bursts shorter than it are no
 *     drift
 * @param learnedWindows windows from which level and spread are learned before the stream is
 *     watched, and again after each alarm, {@code [20, 1000]}
 * @param delta confidence of the {@link Adwin} over the windows, {@code (0, 1)}
 * @param budget false alarms the {@link PageHinkley} over the windows may give
 */
public record StreamSettings(
    long windowNanos, int learnedWindows, double delta, FalseAlarmBudget budget) {
  private static final long SECOND = 1_000_000_000L;
  private static final double NANOS_PER_HOUR = 3600e9;

  /** Windows of 10 s, 30 of them learned, delta 0.002, a false alarm in ten hours. */
  public static final StreamSettings DEFAULT =
      new StreamSettings(10 * SECOND, 30, 0.002, new FalseAlarmBudget(0.1));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public StreamSettings {
    if (windowNanos < 10 * SECOND || windowNanos > 60 * SECOND) {
      throw new IllegalArgumentException(
          "window must be in [10 s, 60 s], is " + windowNanos / (double) SECOND + " s");
    }
    if (learnedWindows < 20 || learnedWindows > 1000) {
      throw new IllegalArgumentException(
          "learned windows must be in [20, 1000], is " + learnedWindows);
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be in (0, 1), is " + delta);
    }
  }

  /** Returns these for one of {@code parts} streams that share what these allow. */
  public StreamSettings dividedBy(int parts) {
    return new StreamSettings(windowNanos, learnedWindows, delta / parts, budget.dividedBy(parts));
  }

  /** Returns these with windows of another length. */
  public StreamSettings withWindow(long nanos) {
    return new StreamSettings(nanos, learnedWindows, delta, budget);
  }

  double windowsPerHour() {
    return NANOS_PER_HOUR / windowNanos;
  }
}
