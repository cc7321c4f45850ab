package io.waip.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PickerTest {
  private static int pick(long keep, double... scores) {
    return Picker.MAX_SCORE.pick(scores, scores.length, keep);
  }

  @Test
  void picksTheHighestScoreThatMayBePicked() {
    assertThat(pick(0b111, 0.1, 0.9, 0.5)).isEqualTo(1);
    assertThat(pick(0b101, 0.1, 0.9, 0.5)).isEqualTo(2);
  }

  @Test
  void picksTheFirstOfEqualScores() {
    assertThat(pick(0b110, 0.5, 0.5, 0.5)).isEqualTo(1);
  }

  @Test
  void picksNoneWhereNoneMayBePicked() {
    assertThat(pick(0, 0.5)).isEqualTo(-1);
    assertThat(pick(0b10, 0.5)).isEqualTo(-1);
  }

  @Test
  void looksAtAllOf64() {
    double[] scores = new double[64];
    scores[63] = 1;
    assertThat(Picker.MAX_SCORE.pick(scores, 64, -1L)).isEqualTo(63);
  }
}
