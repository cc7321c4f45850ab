package io.waip.api.resource;

/**
 * What someone would pay to avoid something: it makes money, carbon and quality comparable. A
 * choice, not a fact, and no price either.
 *
 * @param moneyPerKilogram of carbon dioxide equivalent avoided, {@code >= 0}
 * @param moneyPerQualityPoint for a thousand requests answered with 0.01 more of quality, {@code >=
 *     0}
 */
public record Preference(double moneyPerKilogram, double moneyPerQualityPoint) {
  /** Only money counts. */
  public static final Preference MONEY = new Preference(0, 0);

  private static final double GRAMS_PER_KILOGRAM = 1000;
  private static final double POINTS = 100;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public Preference {
    if (!(moneyPerKilogram >= 0 && moneyPerQualityPoint >= 0)
        || Double.isInfinite(moneyPerKilogram + moneyPerQualityPoint)) {
      throw new IllegalArgumentException(
          "preferences must be finite and >= 0, are %s and %s"
              .formatted(moneyPerKilogram, moneyPerQualityPoint));
    }
  }

  /**
   * Returns how bad a thousand requests are; less is better. What does not count may be unknown.
   *
   * @param money that they cost
   * @param grams of carbon dioxide equivalent that they cause
   * @param quality of their answers, {@code [0, 1]}
   */
  public Figure badness(Figure money, Figure grams, Figure quality) {
    Figure sum = money;
    if (moneyPerKilogram > 0) {
      sum = sum.plus(grams.times(moneyPerKilogram / GRAMS_PER_KILOGRAM));
    }
    if (moneyPerQualityPoint > 0) {
      sum = sum.plus(quality.times(-POINTS * moneyPerQualityPoint));
    }
    return sum;
  }
}
