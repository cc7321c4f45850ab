package io.waip.api.resource;

/**
 * What energy costs and causes at a place and time.
 *
 * @param moneyPerKilowattHour price of energy, {@code >= 0}
 * @param gramsPerKilowattHour carbon dioxide equivalent, {@code >= 0}
 */
public record EnergyTerms(Figure moneyPerKilowattHour, Figure gramsPerKilowattHour) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a known figure is negative
   */
  public EnergyTerms {
    requireAtLeastZero(moneyPerKilowattHour, "money for a kilowatt-hour");
    requireAtLeastZero(gramsPerKilowattHour, "grams for a kilowatt-hour");
  }

  private static void requireAtLeastZero(Figure figure, String name) {
    if (figure.isKnown() && figure.value() < 0) {
      throw new IllegalArgumentException("%s must be >= 0, is %s".formatted(name, figure.value()));
    }
  }

  /** Returns terms that nobody knows. */
  public static EnergyTerms unknown(String where) {
    return new EnergyTerms(
        Figure.unknown("money per kWh of " + where), Figure.unknown("grams per kWh of " + where));
  }
}
