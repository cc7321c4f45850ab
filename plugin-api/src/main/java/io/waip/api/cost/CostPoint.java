package io.waip.api.cost;

/**
 * One measured execution time.
 *
 * @param variant index of the variant
 * @param batch number of requests, {@code >= 1}
 * @param length padded length in elements, {@code >= 1}
 * @param nanos median execution time, {@code > 0}
 * @param samples number of executions the median is of, {@code >= 1}
 */
public record CostPoint(int variant, int batch, int length, double nanos, int samples) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public CostPoint {
    if (variant < 0 || batch < 1 || length < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "variant >= 0, batch, length and samples >= 1 required, got %d, %d, %d, %d"
              .formatted(variant, batch, length, samples));
    }
    if (!(nanos > 0) || Double.isInfinite(nanos)) {
      throw new IllegalArgumentException("nanos must be positive and finite, is " + nanos);
    }
  }
}
