package io.waip.api.resource;

import java.util.Currency;

/**
 * Prices of one kind of device at one place and time. Every factor carries its source.
 *
 * @param currency of all money here
 * @param moneyPerDeviceHour rent of a device; energy included where the landlord pays it
 * @param moneyPerKilowattHour price of energy; 0 where the rent includes it
 * @param gramsPerKilowattHour carbon dioxide equivalent of energy at the place and time, grams
 * @param powerUsageEffectiveness energy of the building over that of its devices, {@code >= 1}
 */
public record Tariff(
    Currency currency,
    Figure moneyPerDeviceHour,
    Figure moneyPerKilowattHour,
    Figure gramsPerKilowattHour,
    Figure powerUsageEffectiveness) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a known price or factor is negative, or the effectiveness
   *     below 1
   */
  public Tariff {
    requireAtLeast(0, moneyPerDeviceHour, "money for a device hour");
    requireAtLeast(0, moneyPerKilowattHour, "money for a kilowatt-hour");
    requireAtLeast(0, gramsPerKilowattHour, "grams for a kilowatt-hour");
    requireAtLeast(1, powerUsageEffectiveness, "power usage effectiveness");
  }

  private static void requireAtLeast(double least, Figure figure, String name) {
    if (figure.isKnown() && figure.value() < least) {
      throw new IllegalArgumentException(
          "%s must be >= %s, is %s".formatted(name, least, figure.value()));
    }
  }

  /** Returns what is to be paid, in the tariff's currency. */
  public Figure money(Consumption consumption) {
    Figure rent = consumption.deviceHours().times(moneyPerDeviceHour);
    return moneyPerKilowattHour.isKnown() && moneyPerKilowattHour.value() == 0
        ? rent
        : rent.plus(energy(consumption).times(moneyPerKilowattHour));
  }

  /**
   * Returns the carbon dioxide equivalent of the energy, grams; that of making devices is not in.
   */
  public Figure grams(Consumption consumption) {
    return energy(consumption).times(gramsPerKilowattHour);
  }

  private Figure energy(Consumption consumption) {
    return consumption.kilowattHours().times(powerUsageEffectiveness);
  }
}
