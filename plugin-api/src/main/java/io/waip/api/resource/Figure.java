package io.waip.api.resource;

import io.waip.api.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * A quantity with the sources it rests on.
 *
 * <p>Unknown propagates, and says what is missing; a combined figure keeps the lowest confidence
 * and all sources of its parts.
 *
 * @param estimate the value, in the unit its producer states, and the trust in it
 * @param basis where a known value comes from, each source once; what is missing where it is
 *     unknown
 */
public record Figure(Estimate estimate, List<String> basis) {
  /** Copies the list. */
  public Figure {
    basis = List.copyOf(basis);
  }

  /**
   * Returns a known figure.
   *
   * @param value finite
   * @param confidence trust in it, {@code [0, 1]}
   * @param source where it comes from, not blank
   * @throws IllegalArgumentException if the value is not finite, the confidence out of range, or
   *     the source blank
   */
  public static Figure of(double value, double confidence, String source) {
    if (Double.isNaN(value) || source.isBlank()) {
      throw new IllegalArgumentException(
          "a known figure needs a value and a source, has %s and '%s'".formatted(value, source));
    }
    return new Figure(Estimate.of(value, confidence), List.of(source));
  }

  /**
   * Returns a figure that nobody knows.
   *
   * @param missing what would have to be known, such as {@code idle watts of l4}
   */
  public static Figure unknown(String missing) {
    return new Figure(Estimate.UNKNOWN, List.of(missing));
  }

  /** Says whether there is a value. */
  public boolean isKnown() {
    return estimate.isKnown();
  }

  /**
   * Returns the value.
   *
   * @throws IllegalStateException if it is unknown; the message says what is missing
   */
  public double value() {
    if (!isKnown()) {
      throw new IllegalStateException("unknown: " + String.join(", ", basis));
    }
    return estimate.value();
  }

  /** Returns the sum; unknown if either part is. */
  public Figure plus(Figure other) {
    return combine(other, Estimate::plus);
  }

  /** Returns the product; unknown if either part is. */
  public Figure times(Figure other) {
    return combine(other, Estimate::times);
  }

  /** Returns the quotient; unknown if either part is, or the other is 0. */
  public Figure dividedBy(Figure other) {
    if (other.isKnown() && other.value() == 0) {
      return unknown("a value other than 0 of " + String.join(", ", other.basis));
    }
    return combine(other, Estimate::dividedBy);
  }

  /** Returns this times an exact, finite factor. */
  public Figure times(double factor) {
    return new Figure(estimate.times(factor), basis);
  }

  private Figure combine(Figure other, BinaryOperator<Estimate> operation) {
    if (isKnown() == other.isKnown()) {
      LinkedHashSet<String> both = new LinkedHashSet<>(basis);
      both.addAll(other.basis);
      return new Figure(operation.apply(estimate, other.estimate), new ArrayList<>(both));
    }
    return isKnown() ? other : this;
  }
}
