package io.waip.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Figure UNKNOWN = Figure.unknown("grams per kWh of eu at 01");

  private static EnergyTerms terms(double money, Figure grams) {
    return new EnergyTerms(Figure.of(money, 1, "made up"), grams);
  }

  private static final Forecast FORECAST =
      new Forecast(
          "eu",
          START,
          Duration.ofHours(1),
          List.of(terms(0.3, Figure.of(200, 1, "made up")), terms(0.1, UNKNOWN)));

  @Test
  void aSlotHoldsFromItsStartToTheNext() {
    assertThat(FORECAST.at(START).moneyPerKilowattHour().value()).isEqualTo(0.3);
    assertThat(FORECAST.at(START.plusSeconds(3599)).gramsPerKilowattHour().value()).isEqualTo(200);
    assertThat(FORECAST.at(START.plusSeconds(3600)).moneyPerKilowattHour().value()).isEqualTo(0.1);
    assertThat(FORECAST.end()).isEqualTo(START.plusSeconds(7200));
  }

  @Test
  void whatIsNotForecastIsUnknownAndSaysWhat() {
    assertThat(FORECAST.at(START.plusSeconds(3600)).gramsPerKilowattHour()).isEqualTo(UNKNOWN);
    assertThat(FORECAST.at(FORECAST.end()).moneyPerKilowattHour().basis())
        .containsExactly("money per kWh of eu from 2026-03-01T02:00:00Z on");
    assertThat(FORECAST.at(START.minusSeconds(1)).gramsPerKilowattHour().basis())
        .containsExactly("grams per kWh of eu before 2026-03-01T00:00:00Z");
  }

  @Test
  void refusesSlotsThatAreNone() {
    assertThatThrownBy(() -> new Forecast("eu", START, Duration.ofMillis(1500), FORECAST.terms()))
        .hasMessage("a forecast has a region and slots of whole seconds, has 'eu' and 2 of PT1.5S");
    assertThatThrownBy(() -> new Forecast("eu", START, Duration.ofHours(1), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> terms(-1, UNKNOWN))
        .hasMessage("money for a kilowatt-hour must be >= 0, is -1.0");
  }
}
