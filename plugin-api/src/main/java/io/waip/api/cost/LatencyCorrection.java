package io.waip.api.cost;

/**
 * Learns while a cost model serves by what its predictions have to be multiplied, for each variant,
 * batch and length. Factors are given as natural logarithms.
 *
 * <p>A variant is whatever has a cost curve of its own, counted from 0. Single thread; allocates
 * nothing once made. Held by {@code LatencyCorrectionContract} in this module's test jar.
 */
public interface LatencyCorrection {
  /**
   * Learns from an execution.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length padded length in elements, {@code >= 1}
   * @param logResidual {@code ln(measured / predicted median)} by the cost model itself, finite
   * @throws IllegalArgumentException if it is not; nothing is learned then
   */
  void executed(int variant, int batch, int length, double logResidual);

  /** Returns the logarithm of the factor on the next median of a shape; 0 at first. */
  double logFactor(int variant, int batch, int length);

  /** Forgets what was learned of a variant's shapes: its model or its hardware is another one. */
  void forget(int variant);
}
