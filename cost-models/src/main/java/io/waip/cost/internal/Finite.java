package io.waip.cost.internal;

/** Keeps numbers that are none out of running sums, which they would spoil for ever. */
public final class Finite {
  private Finite() {}

  /**
   * Returns a number as it is.
   *
   * @throws IllegalArgumentException if it is infinite or not a number
   */
  public static double require(double value, String name) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, is " + value);
    }
    return value;
  }
}
