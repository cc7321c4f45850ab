package io.waip.cost.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RidgePointTest {
  @Test
  void isTheArithmeticRateOverTheMemoryRateOfAKnownDevice() {
    assertThat(RidgePoint.of("a100-80gb").tokens()).isCloseTo(153, within(0.1));
    assertThat(RidgePoint.of("NVIDIA H100 80GB HBM3").tokens()).isCloseTo(295.4, within(0.1));
  }

  @Test
  void countsLessOfADeviceNobodyKnows() {
    RidgePoint unknown = RidgePoint.of("cpu");

    assertThat(unknown.tokens()).isEqualTo(200);
    assertThat(unknown.weight()).isLessThan(RidgePoint.of("a100").weight());
    assertThat(RidgePoint.of("")).isEqualTo(unknown);
  }
}
