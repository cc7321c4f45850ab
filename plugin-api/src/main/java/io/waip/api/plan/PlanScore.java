package io.waip.api.plan;

import java.util.Comparator;

/**
 * How good a plan is, hard before soft: fewest violations, then most value served, then least
 * badness, then fewest devices. The greater score is the better plan.
 *
 * @param violations constraints that it breaks, {@code >= 0}; 0 in every plan that a solver returns
 * @param valuePerSecond value of the requests served in a second, {@code >= 0}; two plans serve the
 *     same where they agree in seven digits, to which it is rounded: that is what is left of
 *     doubles after a linear program
 * @param badnessPerHour money, carbon and quality in money, as the preference weighs them; of what
 *     is known of all devices. Rounded to seven digits
 * @param devices used, {@code >= 0}
 */
public record PlanScore(int violations, double valuePerSecond, double badnessPerHour, int devices)
    implements Comparable<PlanScore> {
  private static final Comparator<PlanScore> ORDER =
      Comparator.comparingInt(PlanScore::violations)
          .reversed()
          .thenComparingDouble(PlanScore::valuePerSecond)
          .thenComparing(Comparator.comparingDouble(PlanScore::badnessPerHour).reversed())
          .thenComparing(Comparator.comparingInt(PlanScore::devices).reversed());

  private static final double DIGITS = 1e6;

  /**
   * Rounds the figures.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public PlanScore {
    if (violations < 0 || devices < 0 || !(valuePerSecond >= 0) || Double.isNaN(badnessPerHour)) {
      throw new IllegalArgumentException(
          "a score needs counts and value >= 0 and a badness, has %d, %s, %s, %d"
              .formatted(violations, valuePerSecond, badnessPerHour, devices));
    }
    valuePerSecond = rounded(valuePerSecond);
    badnessPerHour = rounded(badnessPerHour);
  }

  private static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(Math.abs(value)))) / DIGITS;
    return Math.rint(value / unit) * unit;
  }

  @Override
  public int compareTo(PlanScore other) {
    return ORDER.compare(this, other);
  }
}
