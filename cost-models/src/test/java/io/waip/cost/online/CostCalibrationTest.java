package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CostCalibrationTest {
  private final SplittableRandom random = new SplittableRandom(1);
  private final CostCalibration calibration =
      new CostCalibration(
          2, new ShapeGrid(64, 512), CorrectionSettings.DEFAULT, ConformalSettings.P99);

  /** Lognormal noise of 10 % about a factor that depends on the batch. */
  private double measured(int batch, double drift) {
    return 100 * drift * (1 + batch / 200.0) * Math.exp(0.1 * random.nextGaussian());
  }

  @Test
  void isWithoutABoundBeforeAnExecution() {
    assertThat(calibration.isBounded(0)).isFalse();
    assertThat(calibration.factor(0, 8, 10)).isEqualTo(1);
    calibration.executed(0, 8, 10, 100, 100);
    assertThat(calibration.isBounded(0)).isTrue();
    assertThat(calibration.isBounded(1)).isFalse();
  }

  @Test
  void theBoundIsTheFactorTimesWhatTheNoiseNeeds() {
    for (int i = 0; i < 5000; i++) {
      int batch = 1 + random.nextInt(64);
      calibration.executed(0, batch, 10, 100, measured(batch, 1));
    }
    assertThat(calibration.factor(0, 64, 10)).isCloseTo(1.24, within(0.08));
    // The 99th percentile of the noise is exp(0.233) = 1.26; batches of a cell differ by 16 %.
    double band = calibration.boundFactor(0, 64, 10) / calibration.factor(0, 64, 10);
    assertThat(band).isBetween(1.2, 1.5);
  }

  @Test
  void coversNinetyNineOfAHundredThroughAJumpOfFortyPerCent() {
    int bounded = 0;
    int missed = 0;
    for (int i = 0; i < 4000; i++) {
      int batch = 1 << random.nextInt(7);
      double nanos = measured(batch, i < 2000 ? 1 : 1.4);
      if (calibration.isBounded(0)) {
        bounded++;
        missed += nanos > 100 * calibration.boundFactor(0, batch, 10) ? 1 : 0;
      }
      calibration.executed(0, batch, 10, 100, nanos);
    }
    double coverage = 1 - missed / (double) bounded;
    System.out.printf("coverage through a jump of 40 %%: %.4f%n", coverage);
    assertThat(coverage).isBetween(0.985, 0.995);
  }

  @Test
  void forgetsOneVariantWhenItsModelIsFittedAnew() {
    for (int v = 0; v < 2; v++) {
      for (int i = 0; i < 100; i++) {
        calibration.executed(v, 8, 10, 100, 150);
      }
    }
    calibration.clear(0);
    assertThat(calibration.isBounded(0)).isFalse();
    assertThat(calibration.factor(0, 8, 10)).isEqualTo(1);
    assertThat(calibration.factor(1, 8, 10)).isCloseTo(1.5, within(0.01));
  }

  @Test
  void refusesAnExecutionWithoutATimeAndGoesOn() {
    calibration.executed(0, 8, 10, 100, 150);
    double before = calibration.boundFactor(0, 8, 10);
    assertThatThrownBy(() -> calibration.executed(0, 8, 10, 100, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log residual must be finite, is -Infinity");
    assertThat(calibration.boundFactor(0, 8, 10)).isEqualTo(before);
  }

  @Test
  void refusesToCalibrateNothing() {
    ShapeGrid grid = new ShapeGrid(1, 1);
    assertThatThrownBy(
            () -> new CostCalibration(0, grid, CorrectionSettings.DEFAULT, ConformalSettings.P99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variants must be >= 1");
  }
}
