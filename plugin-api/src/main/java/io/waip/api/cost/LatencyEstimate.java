package io.waip.api.cost;

import java.util.OptionalDouble;

/**
 * Predicted execution time of one shape, with how far to trust it.
 *
 * @param medianNanos median, nanoseconds {@code > 0}; NaN where unknown
 * @param p95Nanos what 95 of 100 unseen shapes stay below, nanoseconds; empty where there are too
 *     few points to say
 * @param p99Nanos the same for 99 of 100
 * @param basis what the answer rests on
 */
public record LatencyEstimate(
    double medianNanos, OptionalDouble p95Nanos, OptionalDouble p99Nanos, Basis basis) {
  /** The answer for a subject nothing is known of. */
  public static final LatencyEstimate UNKNOWN =
      new LatencyEstimate(
          Double.NaN, OptionalDouble.empty(), OptionalDouble.empty(), Basis.UNKNOWN);

  /** What an answer rests on. */
  public enum Basis {
    /** The shape lies within the measured range. */
    MEASURED,
    /** The shape lies outside the measured range; the bounds are not covered by any guarantee. */
    EXTRAPOLATED,
    /** Nothing is known. */
    UNKNOWN
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the median is not positive and finite though known, or
   *     there is a bound though it is unknown
   */
  public LatencyEstimate {
    boolean known = basis != Basis.UNKNOWN;
    boolean positive = medianNanos > 0 && medianNanos < Double.POSITIVE_INFINITY;
    if (known ? !positive : !Double.isNaN(medianNanos)) {
      throw new IllegalArgumentException(
          "%s median must be %s, is %s ns"
              .formatted(basis, known ? "positive and finite" : "NaN", medianNanos));
    }
    if (!known && (p95Nanos.isPresent() || p99Nanos.isPresent())) {
      throw new IllegalArgumentException("an unknown estimate has no bound");
    }
  }
}
