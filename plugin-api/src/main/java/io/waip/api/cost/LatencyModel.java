package io.waip.api.cost;

/**
 * Predicts how long one execution takes. Read by the data plane, so it must be quick and allocate
 * nothing.
 *
 * <p>Immutable; any thread may call it.
 */
public interface LatencyModel {
  /** The answer for a shape nothing is known of. */
  long UNKNOWN_NANOS = -1;

  /**
   * Returns the median execution time, non-decreasing in {@code batch} and in {@code length}.
   *
   * @param variant index of the variant, over all services in deployment order
   * @param batch number of requests, {@code >= 1}
   * @param length padded length in elements, {@code >= 1}
   * @return nanoseconds {@code > 0}, or {@link #UNKNOWN_NANOS}
   */
  long medianNanos(int variant, int batch, int length);
}
