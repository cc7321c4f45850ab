package io.waip.api;

/**
 * A predicted quantity that may be unknown.
 *
 * <p>Unknown propagates: arithmetic with an unknown is unknown, and reading or comparing one is an
 * error. A combined estimate keeps the lowest confidence of its parts.
 *
 * @param value the quantity, in the unit its producer states; NaN when unknown
 * @param confidence trust in the value, {@code [0, 1]}; 0 when unknown
 */
public record Estimate(double value, double confidence) {
  /** The value nobody knows. */
  public static final Estimate UNKNOWN = new Estimate(Double.NaN, 0);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the value is infinite, or the confidence is outside {@code
   *     [0, 1]}
   */
  public Estimate {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("value must be finite or NaN, is " + value);
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in [0, 1], is " + confidence);
    }
  }

  /** Returns an estimate of {@code value} with the given confidence in {@code [0, 1]}. */
  public static Estimate of(double value, double confidence) {
    return new Estimate(value, confidence);
  }

  /** Says whether there is a value. */
  public boolean isKnown() {
    return !Double.isNaN(value);
  }

  /** Returns the sum; unknown if either part is. */
  public Estimate plus(Estimate other) {
    return combine(value + other.value, other);
  }

  /** Returns the product; unknown if either part is. */
  public Estimate times(Estimate other) {
    return combine(value * other.value, other);
  }

  /**
   * Returns the quotient; unknown if either part is.
   *
   * @throws IllegalArgumentException if the other is 0
   */
  public Estimate dividedBy(Estimate other) {
    return combine(value / other.value, other);
  }

  /** Returns this estimate times an exact factor; unknown stays unknown. */
  public Estimate times(double factor) {
    return isKnown() ? new Estimate(value * factor, confidence) : UNKNOWN;
  }

  /**
   * Compares two known estimates by value.
   *
   * @return negative, zero or positive as this value is less than, equal to or greater than the
   *     other
   * @throws IllegalStateException if either is unknown
   */
  public int compareValue(Estimate other) {
    if (!isKnown() || !other.isKnown()) {
      throw new IllegalStateException("an unknown estimate has no order");
    }
    return Double.compare(value, other.value);
  }

  private Estimate combine(double combined, Estimate other) {
    return Double.isNaN(combined)
        ? UNKNOWN
        : new Estimate(combined, Math.min(confidence, other.confidence));
  }
}
