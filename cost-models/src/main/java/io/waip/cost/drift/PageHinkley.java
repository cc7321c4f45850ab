package io.waip.cost.drift;

import io.waip.api.drift.Change;
import io.waip.cost.internal.Finite;

/**
 * Two-sided Page-Hinkley test: adds up how far values are from the mean of all so far, less what is
 * tolerated, and alarms when the sum has moved too far from its extreme. It finds abrupt changes
 * quickly.
 *
 * <pre>
 * M(t) = sum over i &lt;= t of (x(i) - mean(i) - delta);  a rise where M(t) - min M &gt; lambda
 * </pre>
 *
 * and the same of {@code -x} for a fall. E. S. Page, "Continuous Inspection Schemes", Biometrika,
 * 1954; H. Mouss et al., "Test of Page-Hinckley, an Approach for Fault Detection in an
 * Agro-Alimentary Production System", ASCC 2004. Kept here as the equal recursion {@code up(t) =
 * max(0, up(t-1) + x(t) - mean(t) - delta)}.
 *
 * <p>A jump of s is found after about {@code lambda / (s - delta)} values, one of less than delta
 * never. Constant time. Single thread; allocates nothing after construction.
 */
public final class PageHinkley {
  /** The usual tolerance: half a per cent, of a log residual. */
  public static final double DEFAULT_DELTA = 0.005;

  private final double delta;
  private double lambda;
  private long values;
  private double mean;
  private double up;
  private double down;

  /**
   * Begins without a value.
   *
   * @param delta tolerated distance from the mean, in the unit of the values, {@code >= 0}
   * @param lambda sum of distances beyond the tolerance that is an alarm, in the unit of the
   *     values, {@code > 0}; {@link FalseAlarmBudget} gives one
   * @throws IllegalArgumentException if one is out of range
   */
  public PageHinkley(double delta, double lambda) {
    this.delta = requireDelta(delta);
    this.lambda = requireLambda(lambda);
  }

  static double requireDelta(double delta) {
    if (!(delta >= 0) || Double.isInfinite(delta)) {
      throw new IllegalArgumentException("delta must be >= 0 and finite, is " + delta);
    }
    return delta;
  }

  private static double requireLambda(double lambda) {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lambda must be > 0, is " + lambda);
    }
    return lambda;
  }

  /**
   * Takes a value.
   *
   * @param value finite
   * @return whether the mean has changed, and where to; the test then begins anew
   * @throws IllegalArgumentException if the value is not finite
   */
  public Change add(double value) {
    Finite.require(value, "value");
    values++;
    mean += (value - mean) / values;
    up = Math.max(0, up + value - mean - delta);
    down = Math.max(0, down - (value - mean) - delta);
    if (up <= lambda && down <= lambda) {
      return Change.NONE;
    }
    Change change = Change.of(up - down);
    clear();
    return change;
  }

  /** Begins anew, without a value. */
  public void clear() {
    begin(0, 0);
  }

  /** Begins anew, after {@code n} values of this mean. */
  void begin(double knownMean, long n) {
    mean = knownMean;
    values = n;
    up = 0;
    down = 0;
  }

  /** Sets lambda and goes on. */
  void threshold(double other) {
    lambda = requireLambda(other);
  }

  /** Returns the mean of the values since it began, 0 where there is none. */
  public double mean() {
    return mean;
  }

  /** Returns the sum that is an alarm. */
  public double lambda() {
    return lambda;
  }
}
