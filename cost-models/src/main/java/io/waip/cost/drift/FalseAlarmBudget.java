package io.waip.cost.drift;

/**
 * How often a detector may alarm while nothing has changed.
 *
 * @param perHour mean number of false alarms an hour, {@code (0, 3600]}
 */
public record FalseAlarmBudget(double perHour) {
  /** What a discrete sum overshoots its threshold by, in standard deviations (Siegmund). */
  private static final double OVERSHOOT = 1.166;

  /** Threshold below which the formula does not hold, in standard deviations. */
  private static final double LEAST_THRESHOLD = 1;

  private static final double MOST_THRESHOLD = 1e9;
  private static final int BISECTIONS = 100;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is left
   */
  public FalseAlarmBudget {
    if (!(perHour > 0 && perHour <= 3600)) {
      throw new IllegalArgumentException(
          "false alarms per hour must be in (0, 3600], is " + perHour);
    }
  }

  /** Returns an equal part of the budget for each of {@code parts} detectors. */
  public FalseAlarmBudget dividedBy(int parts) {
    return new FalseAlarmBudget(perHour / parts);
  }

  /**
   * Returns the threshold of a two-sided {@link PageHinkley} that keeps to the budget.
   *
   * <p>Its sums are those of a CUSUM with reference value delta, whose mean time to an alarm on one
   * side is, in values, {@code (exp(2db) - 2db - 1) / (2d²)} with {@code d = delta/sigma} and
   * {@code b = lambda/sigma + 1.166} (D. Siegmund, "Sequential Analysis", 1985, for normal values);
   * both sides alarm twice as often.
   *
   * @param delta of the test, {@code >= 0}
   * @param sigma standard deviation of a value, {@code > 0}; where values depend on one another,
   *     that of a sum of many over the root of their number
   * @param valuesPerHour {@code > 0}
   * @return lambda in the unit of sigma, at least sigma
   */
  public double lambda(double delta, double sigma, double valuesPerHour) {
    double wanted = 2 * valuesPerHour / perHour;
    double low = LEAST_THRESHOLD;
    double high = MOST_THRESHOLD;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (runLength(delta / sigma, middle + OVERSHOOT) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high * sigma;
  }

  /** Returns the mean number of values to an alarm on one side. */
  private static double runLength(double d, double b) {
    double x = 2 * d * b;
    return x < 1e-4 ? b * b * (1 + x / 3) : (Math.expm1(x) - x) / (2 * d * d);
  }
}
