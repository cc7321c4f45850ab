package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveConformalTest {
  private static final double BEYOND = Math.log(1.15);

  private static AdaptiveConformal fixed(double missShare, int window) {
    return new AdaptiveConformal(
        new ShapeGrid(64, 512), new ConformalSettings(missShare, 0, window));
  }

  private static void execute(AdaptiveConformal conformal, int count, int batch, int length) {
    for (int i = 1; i <= count; i++) {
      conformal.executed(batch, length, i);
    }
  }

  @Test
  void isUnknownBeforeAnExecution() {
    AdaptiveConformal conformal = fixed(0.01, 300);
    assertThat(conformal.isKnown()).isFalse();
    conformal.executed(1, 1, 0.5);
    assertThat(conformal.isKnown()).isTrue();
  }

  @Test
  void fewerThanTheShareNeedsGiveTheLargestTimes115() {
    AdaptiveConformal conformal = fixed(0.01, 300);
    execute(conformal, 98, 8, 100);
    assertThat(conformal.bound(8, 100)).isCloseTo(98 + BEYOND, within(1e-12));
    conformal.executed(8, 100, 99);
    // 99 = 1/0.01 - 1: the largest itself.
    assertThat(conformal.bound(8, 100)).isEqualTo(99);
  }

  @Test
  void isTheResidualOfTheRankThatTheShareLeavesAbove() {
    AdaptiveConformal conformal = fixed(0.1, 300);
    execute(conformal, 99, 8, 100);
    // ⌈100 · 0.9⌉ = 90.
    assertThat(conformal.bound(8, 100)).isEqualTo(90);
  }

  @Test
  void aCellIsAskedFrom50OnThenItsRowThenAll() {
    AdaptiveConformal conformal = fixed(0.1, 300);
    execute(conformal, 49, 8, 100);
    // 49 in the cell, in its row and in all: ⌈50 · 0.9⌉ = 45.
    assertThat(conformal.bound(8, 100)).isEqualTo(45);
    for (int i = 0; i < 100; i++) {
      conformal.executed(1, 10, 1000);
    }
    assertThat(conformal.bound(8, 100)).isEqualTo(1000);
    conformal.executed(8, 400, 2000);
    // 50 in the row, ⌈51 · 0.9⌉ = 46; the cell of length 400 has one.
    assertThat(conformal.bound(8, 100)).isEqualTo(46);
    assertThat(conformal.bound(8, 400)).isEqualTo(46);
    conformal.executed(8, 100, 0);
    // 50 in the cell, 46th of 0 to 49.
    assertThat(conformal.bound(8, 100)).isEqualTo(45);
    assertThat(conformal.bound(64, 100)).isEqualTo(1000);
  }

  @Test
  void aMissWidensTheBoundAndHitsNarrowItAgain() {
    AdaptiveConformal conformal =
        new AdaptiveConformal(new ShapeGrid(1, 1), new ConformalSettings(0.1, 0.02, 300));
    for (int i = 0; i < 300; i++) {
      conformal.executed(1, 1, i % 10);
    }
    double before = conformal.aimedMissShare();
    conformal.executed(1, 1, 100);
    assertThat(conformal.aimedMissShare())
        .isCloseTo(Math.max(before - 0.018, -0.02), within(1e-12));
    double after = conformal.aimedMissShare();
    conformal.executed(1, 1, 0);
    assertThat(conformal.aimedMissShare()).isCloseTo(after + 0.002, within(1e-12));
  }

  @Test
  void theShareAimedAtStaysInItsRange() {
    AdaptiveConformal conformal =
        new AdaptiveConformal(new ShapeGrid(1, 1), new ConformalSettings(0.5, 0.1, 300));
    for (int i = 0; i < 100; i++) {
      conformal.executed(1, 1, -i);
    }
    assertThat(conformal.aimedMissShare()).isEqualTo(0.5);
    for (int i = 0; i < 100; i++) {
      conformal.executed(1, 1, i * i);
    }
    assertThat(conformal.aimedMissShare()).isCloseTo(-0.1, within(0.05));
    assertThat(conformal.aimedMissShare()).isGreaterThanOrEqualTo(-0.1);
  }

  private static double coverage(AdaptiveConformal conformal, int count, IntToDoubleFunction law) {
    int covered = 0;
    int bounded = 0;
    for (int i = 0; i < count; i++) {
      double residual = law.applyAsDouble(i);
      if (conformal.isKnown()) {
        bounded++;
        covered += residual <= conformal.bound(8, 100) ? 1 : 0;
      }
      conformal.executed(8, 100, residual);
    }
    return covered / (double) bounded;
  }

  /** Noise grows step by step to ten times what it was: no fixed share keeps its promise. */
  @ParameterizedTest
  @CsvSource({"0.01, 0.988, 0.992", "0.05, 0.948, 0.952"})
  void keepsItsCoverageWhileTheNoiseDrifts(double missShare, double least, double most) {
    ConformalSettings settings = new ConformalSettings(missShare, 0.01, 300);
    double worst = 1;
    double best = 0;
    double fixed = 1;
    for (long seed = 0; seed < 10; seed++) {
      IntToDoubleFunction law = growingNoise(seed);
      double own = coverage(new AdaptiveConformal(new ShapeGrid(64, 512), settings), 20_000, law);
      worst = Math.min(worst, own);
      best = Math.max(best, own);
      fixed = Math.min(fixed, coverage(fixed(missShare, 300), 20_000, growingNoise(seed)));
    }
    System.out.printf(
        "coverage of %.2f under growing noise: %.4f to %.4f, with a fixed share %.4f%n",
        1 - missShare, worst, best, fixed);
    assertThat(worst).isGreaterThanOrEqualTo(least);
    assertThat(best).isLessThanOrEqualTo(most);
    assertThat(fixed).isLessThan(least);
  }

  private static IntToDoubleFunction growingNoise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return i -> 0.02 * Math.pow(10, i % 1000 / 1000.0) * random.nextGaussian();
  }

  @Test
  void forgetsAllWhenCleared() {
    AdaptiveConformal conformal =
        new AdaptiveConformal(new ShapeGrid(64, 512), ConformalSettings.P99);
    execute(conformal, 200, 8, 100);
    conformal.clear();
    assertThat(conformal.isKnown()).isFalse();
    assertThat(conformal.aimedMissShare()).isEqualTo(0.01);
    conformal.executed(8, 100, 3);
    assertThat(conformal.bound(8, 100)).isCloseTo(3 + BEYOND, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0009, 0.01, 300, miss share",
    "0.6, 0.01, 300, miss share",
    "0.01, -0.1, 300, step",
    "0.01, 0.2, 300, step",
    "0.01, 0.01, 49, window",
    "0.01, 0.01, 10001, window"
  })
  void refusesSettingsOutOfRange(double missShare, double step, int window, String name) {
    assertThatThrownBy(() -> new ConformalSettings(missShare, step, window))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }
}
