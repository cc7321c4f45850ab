package io.waip.cost.drift;

/**
 * Settings of an {@link Adwin}.
 *
 * @param delta confidence, {@code (0, 1)}: at each value, the probability that a stream of
 *     independent values without a change is taken for a changed one is at most about this
 * @param range length of the interval that holds all values, in their unit, {@code > 0} and finite
 * @param bucketsPerSize most buckets of equal size, {@code [2, 32]}: more find the place of a
 *     change more exactly and take more time and memory
 * @param minPart fewest values on each side of a change, {@code [1, 1000]}
 */
public record AdwinSettings(double delta, double range, int bucketsPerSize, int minPart) {
  /**
   * The settings of Bifet and Gavaldà, for values in an interval of length 1: delta 0.002, five
   * buckets of a size; five values on each side, as their programs have it.
   */
  public static final AdwinSettings DEFAULT = new AdwinSettings(0.002, 1, 5, 5);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public AdwinSettings {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be in (0, 1), is " + delta);
    }
    if (!(range > 0) || Double.isInfinite(range)) {
      throw new IllegalArgumentException("range must be positive and finite, is " + range);
    }
    if (bucketsPerSize < 2 || bucketsPerSize > 32) {
      throw new IllegalArgumentException(
          "buckets per size must be in [2, 32], is " + bucketsPerSize);
    }
    if (minPart < 1 || minPart > 1000) {
      throw new IllegalArgumentException("min part must be in [1, 1000], is " + minPart);
    }
  }

  /** Returns these with another confidence. */
  public AdwinSettings withDelta(double other) {
    return new AdwinSettings(other, range, bucketsPerSize, minPart);
  }

  /** Returns these for values of another range. */
  public AdwinSettings withRange(double other) {
    return new AdwinSettings(delta, other, bucketsPerSize, minPart);
  }
}
