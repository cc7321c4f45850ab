package io.waip.cost;

/**
 * Execution time of one variant as {@code alpha + beta * b + gamma * b * Lmax}: a constant, a part
 * for each request and a part for each padded element.
 *
 * @param alphaNanos time of a batch whatever is in it, nanoseconds {@code >= 0}
 * @param betaNanos time of each request, nanoseconds {@code >= 0}
 * @param gammaNanos time of each element of the padded batch, nanoseconds {@code >= 0}
 */
public record LinearLaw(double alphaNanos, double betaNanos, double gammaNanos) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is negative or not finite, or all are 0
   */
  public LinearLaw {
    requireCoefficient("alpha", alphaNanos);
    requireCoefficient("beta", betaNanos);
    requireCoefficient("gamma", gammaNanos);
    if (alphaNanos == 0 && betaNanos == 0 && gammaNanos == 0) {
      throw new IllegalArgumentException("one of alpha, beta and gamma must be above 0");
    }
  }

  /**
   * Returns the time of one execution, nanoseconds; non-decreasing in both arguments. Allocates
   * nothing.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length padded length in elements, {@code >= 1}
   */
  public double nanos(int batch, int length) {
    return alphaNanos + betaNanos * batch + gammaNanos * ((double) batch * length);
  }

  private static void requireCoefficient(String name, double nanos) {
    if (!(nanos >= 0) || Double.isInfinite(nanos)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, is " + nanos + " ns");
    }
  }
}
