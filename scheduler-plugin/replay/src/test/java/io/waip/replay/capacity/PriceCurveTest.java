package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCurveTest {
  private static final PriceCurve VOLUME =
      new PriceCurve(
          List.of(
              new PriceCurve.Step(1, 2), new PriceCurve.Step(4, 1), new PriceCurve.Step(6, 0.5)));

  /** Three at 2, two at 1, the others at 0.5. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "3, 6", "4, 7", "5, 8", "6, 8.5", "8, 9.5"})
  void eachDeviceCostsThePriceOfItsStep(int count, double money) {
    assertThat(VOLUME.moneyPerHour(count)).isCloseTo(money, within(1e-12));
  }

  @Test
  void aPurchaseCostsTheSumOfItsLots() {
    CapacityQuestion simple = Questions.simple(Questions.traffic("poisson", 100, 100), 4);
    CapacityQuestion two =
        new CapacityQuestion(
            simple.traffic(),
            simple.services(),
            List.of(
                DeviceKind.of("l4", 9, 1, 1.5).withSpot(Questions.spot(1)),
                DeviceKind.of("t4", 9, 1, 0.25)),
            64,
            simple.noise(),
            simple.effort());
    Purchase mix =
        new Purchase(
            List.of(
                new Purchase.Lot(new Offer("l4", false), 2),
                new Purchase.Lot(new Offer("l4", true), 3),
                new Purchase.Lot(new Offer("t4", false), 1)));
    assertThat(mix.moneyPerHour(two)).isCloseTo(2 * 1.5 + 3 * 0.4 + 0.25, within(1e-12));
    assertThat(mix.text()).isEqualTo("2 l4 + 3 l4 spot + 1 t4");
  }

  @Test
  void refusesStepsThatDoNotAscendFromTheFirstDevice() {
    PriceCurve.Step second = new PriceCurve.Step(2, 1);
    assertThatThrownBy(() -> new PriceCurve(List.of(second))).hasMessageContaining("from device 1");
    assertThatThrownBy(() -> new PriceCurve(List.of(new PriceCurve.Step(1, 1), second, second)))
        .hasMessageContaining("must ascend");
    assertThatThrownBy(() -> PriceCurve.flat(-1)).hasMessageContaining("[0, 1e9]");
  }
}
