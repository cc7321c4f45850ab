package io.waip.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void stepsAreOneTwoOrFiveTimesAPowerOfTen() {
    assertThat(Ticks.upTo(100).step()).isEqualTo(20);
    assertThat(Ticks.upTo(691).step()).isEqualTo(200);
    assertThat(Ticks.upTo(0.4).step()).isEqualTo(0.1);
    assertThat(Ticks.upTo(7).step()).isEqualTo(2);
  }

  @Test
  void theLastTickIsAtOrAboveTheLargestValue() {
    assertThat(Ticks.upTo(100).top()).isEqualTo(100);
    assertThat(Ticks.upTo(101).top()).isEqualTo(150);
    assertThat(Ticks.upTo(101).values()).containsExactly(0.0, 50.0, 100.0, 150.0);
  }

  @Test
  void labelsShowAsManyDecimalsAsTheStepNeeds() {
    assertThat(Ticks.upTo(100).label(20)).isEqualTo("20");
    assertThat(Ticks.upTo(0.4).label(0.1)).isEqualTo("0.1");
  }

  @Test
  void aChartWithoutValuesStillHasAnAxis() {
    assertThat(Ticks.upTo(0).values()).hasSizeGreaterThan(2);
  }
}
