package io.waip.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlanScoreTest {
  private static PlanScore score(int violations, double value, double badness, int devices) {
    return new PlanScore(violations, value, badness, devices);
  }

  @Test
  void noValueMakesUpForAViolation() {
    assertThat(score(0, 1, 99, 99)).isGreaterThan(score(1, 100, 0, 0));
  }

  @Test
  void noSavingMakesUpForValue() {
    assertThat(score(0, 101, 99, 99)).isGreaterThan(score(0, 100, 0, 0));
  }

  @Test
  void ofEqualValueTheLessBadIsBetterAndThenTheSmaller() {
    assertThat(score(0, 100, 3, 9)).isGreaterThan(score(0, 100, 4, 1));
    assertThat(score(0, 100, -4, 2)).isGreaterThan(score(0, 100, -3, 2));
    assertThat(score(0, 100, 3, 1)).isGreaterThan(score(0, 100, 3, 2));
  }

  @Test
  void aDifferenceBeyondTheSeventhDigitIsNone() {
    assertThat(score(0, 100.00000001, 3, 1)).isEqualTo(score(0, 100, 3, 1));
    assertThat(score(0, 100.001, 3, 1)).isGreaterThan(score(0, 100, 3, 1));
  }

  @Test
  void aScoreIsNeverUnknown() {
    assertThatThrownBy(() -> score(0, 1, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
