package io.waip.cost.online;

/**
 * Settings of an {@link AdaptiveConformal}.
 *
 * @param missShare share of executions that may take longer than the bound, {@code [0.001, 0.5]}
 * @param step how far one execution moves the share aimed at, {@code [0, 0.1]}; 0 keeps it
 * @param window latest executions a bound rests on, {@code [50, 10000]}
 */
public record ConformalSettings(double missShare, double step, int window) {
  /**
   * One of a hundred, a step of 0.01, the latest 300: they cover 0.990 of noise that grows tenfold
   * again and again (AdaptiveConformalTest).
   */
  public static final ConformalSettings P99 = new ConformalSettings(0.01, 0.01, 300);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public ConformalSettings {
    if (!(missShare >= 0.001 && missShare <= 0.5)) {
      throw new IllegalArgumentException("miss share must be in [0.001, 0.5], is " + missShare);
    }
    if (!(step >= 0 && step <= 0.1)) {
      throw new IllegalArgumentException("step must be in [0, 0.1], is " + step);
    }
    if (window < AdaptiveConformal.LEAST_POOL || window > 10_000) {
      throw new IllegalArgumentException(
          "window must be in [%d, 10000], is %d".formatted(AdaptiveConformal.LEAST_POOL, window));
    }
  }
}
