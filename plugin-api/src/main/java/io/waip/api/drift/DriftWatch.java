package io.waip.api.drift;

/**
 * Stands beside a running engine: learns how far the cost model is off and by what bound most
 * executions stay below it, and tells a {@link DriftListener} what has drifted. It changes no
 * decision.
 *
 * <p>Times are nanoseconds of one clock and do not decrease. A series is whatever has a cost curve
 * of its own: as a rule a variant on an endpoint. Single thread; allocates nothing once made.
 */
public interface DriftWatch {
  /**
   * Takes note of a request.
   *
   * @param length elements, {@code >= 1}
   * @param kind its class, as {@link WatchScope#kinds} counts them
   */
  void arrived(long nowNanos, int length, int kind);

  /**
   * Takes note of an execution that ended.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length padded length, {@code >= 1}
   * @param logResidual {@code ln(measured / predicted median)} by the cost model itself, finite
   * @throws IllegalArgumentException if it is not; nothing is learned then
   */
  void executed(long nowNanos, int series, int batch, int length, double logResidual);

  /** Closes windows that ended by {@code nowNanos}; to be called about every second. */
  void advance(long nowNanos);

  /** Returns the factor on the next predicted median of a shape, {@code > 0}; 1 if unknown. */
  double factor(int series, int batch, int length);

  /**
   * Returns the factor from the next predicted median of a shape to what 99 of 100 executions stay
   * below, {@code > 0}; NaN before the first execution of the series.
   */
  double p99Factor(int series, int batch, int length);
}
