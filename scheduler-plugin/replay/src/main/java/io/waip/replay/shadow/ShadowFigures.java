package io.waip.replay.shadow;

/**
 * Two models over the same executions of one variant.
 *
 * @param executions that both models predict
 * @param unknown executions that one of them knows nothing of; they count in no error
 * @param first of the model that decides, or of the first of two
 * @param shadow of the other
 * @param difference mean error of the first less that of the shadow, with its interval
 */
public record ShadowFigures(
    long executions, long unknown, ModelErrors first, ModelErrors shadow, Difference difference) {
  /**
   * A mean with its 95 % interval.
   *
   * @param mean of all executions
   * @param low and {@code high}: the ends of the interval; NaN below {@value
   *     PairedErrors#LEAST_EXECUTIONS} executions
   */
  public record Difference(double mean, double low, double high) {
    /** Returns what it says. */
    public Verdict verdict() {
      if (Double.isNaN(low)) {
        return Verdict.TOO_FEW;
      }
      return low > 0
          ? Verdict.SHADOW_NEARER
          : high < 0 ? Verdict.FIRST_NEARER : Verdict.NOT_TOLD_APART;
    }
  }

  /** Which model is nearer to what was measured. */
  public enum Verdict {
    /** The shadow's mean error is smaller. */
    SHADOW_NEARER,
    /** The first model's mean error is smaller. */
    FIRST_NEARER,
    /** The interval of the difference holds 0. */
    NOT_TOLD_APART,
    /** There are too few executions to say. */
    TOO_FEW
  }
}
