package io.waip.replay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostSpecTest {
  @Test
  void isLinearInTheBatchAndItsPaddedSize() {
    CostSpec cost = CostSpec.parse("alpha=4ms, beta=0.8ms, gamma=20us");
    assertThat(cost).isEqualTo(new CostSpec(4e6, 8e5, 2e4));
    assertThat(cost.medianNanos(0, 10, 5)).isEqualTo(4_000_000L + 8_000_000L + 1_000_000L);
    assertThat(cost.dependsOnLength()).isTrue();
    assertThat(CostSpec.parse("beta=1ms,alpha=0ms").dependsOnLength()).isFalse();
  }

  @Test
  void takesBetaOrGammaThatIsLeftOutAsZero() {
    assertThat(CostSpec.parse("alpha=4ms,gamma=0.02ms")).isEqualTo(new CostSpec(4e6, 0, 2e4));
    assertThat(CostSpec.parse("alpha=4ms,beta=0.8ms")).isEqualTo(new CostSpec(4e6, 8e5, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';unknown part ''",
        "alpha=4ms;beta and gamma are missing",
        "beta=4ms;alpha is missing",
        "alpha=4,beta=1ms;'4' is not a duration",
        "alpha=-4ms,beta=1ms;'-4ms' is not a duration",
        "alpha=4ms,beta=NaNms;'NaNms' is not a duration",
        "alpha=4ms,alpha=5ms,beta=1ms;alpha is given twice",
        "alpha=4ms,beta=1ms,delta=1ms;unknown part 'delta=1ms'",
        "alpha=4ms,beta=1ms,;unknown part ''",
        "alpha=4ms,beta=0.4ns;'0.4ns' is below 1ns",
        "alpha=0ms,beta=0ms;a batch must take at least 1ns",
        "alpha=400d,beta=0ms;alpha must be in [0, 1000000s]",
      })
  void refusesOtherFormsInOneLine(String text, String why) {
    assertThatThrownBy(() -> CostSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cost '" + text + "': " + why)
        .hasMessageContaining("; allowed: alpha=4ms");
  }
}
