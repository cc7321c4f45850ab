package io.waip.replay.arrivals;

/**
 * A time change that turns a process of constant rate into one whose rate follows a sine.
 *
 * <p>With the rate {@code 1 + a sin(2 pi t / P)} the expected arrivals up to t, in units of the
 * mean gap, are {@code L(t) = t + a P (1 - cos(2 pi t / P)) / (2 pi)}. Arrivals of rate 1 at times
 * s become arrivals of that rate at {@code L^-1(s)} (Çinlar, "Introduction to Stochastic
 * Processes", 1975, section 4.7).
 */
final class SineClock {
  private static final int MAX_STEPS = 100;

  /** What rounding leaves of the difference of two values of L. */
  private static final int TOLERANCE_ULPS = 4;

  private final double perRadian;
  private final double swing;

  /**
   * Sets the sine.
   *
   * @param period {@code > 0}, in any unit of time
   * @param swing a, {@code [0, 1)}
   */
  SineClock(double period, double swing) {
    perRadian = period / (2 * Math.PI);
    this.swing = swing;
  }

  /** Returns L(t) for {@code t >= 0}; it rises with t. */
  double expected(double t) {
    return t + swing * perRadian * (1 - StrictMath.cos(t / perRadian));
  }

  private double rate(double t) {
    return 1 + swing * StrictMath.sin(t / perRadian);
  }

  /**
   * Returns t with L(t) as given, by Newton's method kept inside a shrinking bracket.
   *
   * @param expected {@code >= 0}
   */
  double time(double expected) {
    double low = Math.max(0, expected - 2 * swing * perRadian);
    double high = expected;
    double t = (low + high) / 2;
    double tolerance = TOLERANCE_ULPS * Math.ulp(expected);
    double error = expected(t) - expected;
    for (int i = 0; i < MAX_STEPS && Math.abs(error) > tolerance; i++) {
      low = error > 0 ? low : t;
      high = error > 0 ? t : high;
      double step = t - error / rate(t);
      t = step > low && step < high ? step : (low + high) / 2;
      error = expected(t) - expected;
    }
    return t;
  }
}
