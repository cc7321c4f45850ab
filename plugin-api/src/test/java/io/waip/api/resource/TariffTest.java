package io.waip.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TariffTest {
  private static final Currency EURO = Currency.getInstance("EUR");
  private static final Figure FREE = Figure.of(0, 1, "in the rent");
  private static final Figure GRID = Figure.of(400, 0.7, "grid operator, 2024");
  private static final Figure PUE = Figure.of(1.2, 0.8, "landlord");
  private static final Figure HOUR = Figure.of(3600, 1, "replay");
  private static final DeviceFacts DEVICE =
      new DeviceFacts(
          "d",
          Figure.unknown("memory"),
          Figure.unknown("rate"),
          Map.of(),
          Figure.of(400, 0.9, "sheet"),
          Figure.of(100, 0.5, "meter"));
  private static final DeviceFacts IDLE_UNKNOWN =
      DEVICE.withIdleWatts(DeviceFacts.idleUnknown("d"));

  @Test
  void powerIsLinearBetweenIdleAndMost() {
    assertThat(DEVICE.watts(0).value()).isEqualTo(100);
    assertThat(DEVICE.watts(0.25).value()).isEqualTo(175);
    assertThat(DEVICE.watts(1).value()).isEqualTo(400);
    assertThat(IDLE_UNKNOWN.watts(0.25).basis()).containsExactly("idle watts of d");
    assertThatThrownBy(() -> DEVICE.watts(1.1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moneyIsRentAndEnergyOfTheWholeBuilding() {
    // An hour at 175 W is 0.175 kWh, 0.21 kWh with the building; at 0.30 that is 0.063.
    Tariff tariff =
        new Tariff(EURO, Figure.of(2, 1, "contract"), Figure.of(0.30, 1, "bill"), GRID, PUE);
    Consumption hour = Consumption.of(DEVICE, HOUR, 0.25);

    assertThat(tariff.money(hour).value()).isCloseTo(2.063, within(1e-9));
    assertThat(tariff.grams(hour).value()).isCloseTo(84, within(1e-9));
    assertThat(tariff.grams(hour).estimate().confidence()).isEqualTo(0.5);
    assertThat(tariff.grams(hour).basis())
        .containsExactly("meter", "sheet", "replay", "landlord", "grid operator, 2024");
    assertThat(tariff.money(hour.plus(hour)).value()).isCloseTo(4.126, within(1e-9));
  }

  @Test
  void energyInTheRentNeedsNoPowerToBePriced() {
    Tariff tariff = new Tariff(EURO, Figure.of(2, 1, "contract"), FREE, GRID, PUE);
    Consumption hour = Consumption.of(IDLE_UNKNOWN, HOUR, 0.25);

    assertThat(tariff.money(hour).value()).isEqualTo(2);
    assertThat(tariff.grams(hour).basis()).containsExactly("idle watts of d");
    assertThat(tariff.grams(Consumption.atMost(IDLE_UNKNOWN, HOUR)).value())
        .isCloseTo(192, within(1e-9));
  }

  @Test
  void refusesNegativePricesAndABuildingThatMakesEnergy() {
    assertThatThrownBy(() -> new Tariff(EURO, Figure.of(-1, 1, "contract"), FREE, GRID, PUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("money for a device hour must be >= 0");
    assertThatThrownBy(() -> new Tariff(EURO, FREE, FREE, GRID, Figure.of(0.9, 1, "landlord")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power usage effectiveness must be >= 1");
  }

  @Test
  void aPreferenceMakesThemComparableAndIgnoresWhatDoesNotCount() {
    Figure money = Figure.of(3, 1, "bill");
    Figure grams = Figure.of(500, 1, "grid");
    Figure quality = Figure.of(0.98, 0.95, "agreement");
    Figure none = Figure.unknown("grams");

    // 500 g at 0.1 a kilogram are 0.05; 98 points at 0.02 are 1.96 less.
    assertThat(new Preference(0.1, 0.02).badness(money, grams, quality).value())
        .isCloseTo(1.09, within(1e-9));
    assertThat(Preference.MONEY.badness(money, none, none).value()).isEqualTo(3);
    assertThat(new Preference(0.1, 0).badness(money, none, quality).isKnown()).isFalse();
    assertThatThrownBy(() -> new Preference(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
