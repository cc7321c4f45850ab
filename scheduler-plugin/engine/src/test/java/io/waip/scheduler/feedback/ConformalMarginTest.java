package io.waip.scheduler.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConformalMarginTest {
  @Test
  void isUnknownUntilThereAreEnoughRatiosForTheShare() {
    ConformalMargin margin = new ConformalMargin(200, 0.1);
    for (int i = 1; i <= 8; i++) {
      margin.add(i);
      assertThat(margin.isKnown()).isFalse();
    }
    margin.add(9);
    assertThat(margin.isKnown()).isTrue();
    assertThat(margin.factor()).isEqualTo(9);
  }

  @Test
  void isTheRatioOfTheRankThatTheShareLeavesAbove() {
    ConformalMargin margin = new ConformalMargin(200, 0.1);
    for (int i = 99; i >= 1; i--) {
      margin.add(i);
    }
    // ⌈100 · 0.9⌉ = 90.
    assertThat(margin.factor()).isEqualTo(90);
  }

  @Test
  void forgetsWhatLeavesTheWindow() {
    ConformalMargin margin = new ConformalMargin(20, 0.1);
    for (int i = 0; i < 30; i++) {
      margin.add(5);
    }
    for (int i = 0; i < 20; i++) {
      margin.add(1 + i % 2);
    }
    assertThat(margin.factor()).isEqualTo(2);
  }

  @Test
  void forgetsAllWhenCleared() {
    ConformalMargin margin = new ConformalMargin(20, 0.1);
    for (int i = 0; i < 30; i++) {
      margin.add(5);
    }
    margin.clear();
    assertThat(margin.isKnown()).isFalse();
    for (int i = 0; i < 9; i++) {
      margin.add(1);
    }
    assertThat(margin.factor()).isEqualTo(1);
  }

  @Test
  void coversTheShareItPromisesUnderSkewedNoise() {
    SplittableRandom random = new SplittableRandom(1);
    ConformalMargin margin = new ConformalMargin(256, 0.05);
    int covered = 0;
    int asked = 0;
    for (int i = 0; i < 20_000; i++) {
      double ratio = Math.exp(0.3 * random.nextGaussian());
      if (margin.isKnown()) {
        asked++;
        covered += ratio <= margin.factor() ? 1 : 0;
      }
      margin.add(ratio);
    }
    assertThat(covered / (double) asked).isBetween(0.945, 0.96);
  }
}
