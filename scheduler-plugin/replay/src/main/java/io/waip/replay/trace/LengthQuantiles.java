package io.waip.replay.trace;

/**
 * A distribution of lengths known by its mean, some quantiles and its largest value.
 *
 * <p>The quantile function is taken as linear between the points given: {@code lowest} at 0, then
 * 0.5, 0.9, 0.95, 0.99 and 1. The lowest value is the one that gives the mean, as far as it lies
 * between 1 and the median. Immutable.
 */
final class LengthQuantiles {
  private static final double[] LEVELS = {0, 0.5, 0.9, 0.95, 0.99, 1};

  private final double[] values;

  /**
   * Fits the lowest value.
   *
   * @param upper lengths at 0.5, 0.9, 0.95, 0.99 and 1, none below the one before
   */
  LengthQuantiles(double mean, double[] upper) {
    values = new double[LEVELS.length];
    System.arraycopy(upper, 0, values, 1, upper.length);
    double rest = mean;
    for (int i = 2; i < values.length; i++) {
      rest -= (LEVELS[i] - LEVELS[i - 1]) * (values[i - 1] + values[i]) / 2;
    }
    double lowest = 2 * rest / LEVELS[1] - values[1];
    values[0] = Math.max(Math.min(1, values[1]), Math.min(lowest, values[1]));
  }

  /**
   * Returns a quantile as a length.
   *
   * @param level {@code [0, 1)}
   * @return {@code >= 1}
   */
  int at(double level) {
    int i = 1;
    while (level >= LEVELS[i]) {
      i++;
    }
    double share = (level - LEVELS[i - 1]) / (LEVELS[i] - LEVELS[i - 1]);
    return (int) Math.max(1, Math.round(values[i - 1] + share * (values[i] - values[i - 1])));
  }
}
