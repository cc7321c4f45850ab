package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OnlineCorrectionTest {
  private final OnlineCorrection correction =
      new OnlineCorrection(2, new ShapeGrid(64, 512), CorrectionSettings.DEFAULT);

  private void execute(int variant, int batch, int length, double factor) {
    for (int i = 0; i < 400; i++) {
      correction.executed(variant, batch, length, Math.log(factor));
    }
  }

  @Test
  void correctsNothingBeforeItMeasures() {
    assertThat(correction.factor(1, 8, 100)).isEqualTo(1);
  }

  @Test
  void learnsTheFactorOfAShapeAndOfThoseInItsCell() {
    execute(0, 8, 100, 1.5);
    assertThat(correction.factor(0, 8, 100)).isCloseTo(1.5, within(0.001));
    assertThat(correction.factor(0, 5, 65)).isEqualTo(correction.factor(0, 8, 100));
  }

  @Test
  void knowsSmallBatchesFromLargeAndShortFromLong() {
    for (int i = 0; i < 50; i++) {
      for (int batch : new int[] {1, 64}) {
        for (int length : new int[] {10, 500}) {
          double factor = (batch == 64 ? 1.3 : 1) * (length == 500 ? 0.8 : 1);
          correction.executed(0, batch, length, Math.log(factor));
        }
      }
    }
    assertThat(correction.factor(0, 64, 10)).isCloseTo(1.3, within(0.05));
    assertThat(correction.factor(0, 64, 500)).isCloseTo(1.04, within(0.05));
    assertThat(correction.factor(0, 1, 500)).isCloseTo(0.8, within(0.05));
  }

  @Test
  void variantsDoNotMeet() {
    execute(0, 8, 100, 1.5);
    assertThat(correction.factor(1, 8, 100)).isEqualTo(1);
  }

  @Test
  void forgetsOneVariantWhenItsModelIsFittedAnew() {
    execute(0, 8, 100, 1.5);
    execute(1, 8, 100, 1.5);
    correction.forget(0);
    assertThat(correction.factor(0, 8, 100)).isEqualTo(1);
    assertThat(correction.factor(1, 8, 100)).isCloseTo(1.5, within(0.001));
  }

  @Test
  void refusesAResidualThatIsNone() {
    assertThatThrownBy(() -> correction.executed(0, 8, 100, Double.NaN))
        .hasMessage("log residual must be finite, is NaN");
    assertThat(correction.factor(0, 8, 100)).isEqualTo(1);
  }

  @Test
  void refusesToCorrectNothing() {
    ShapeGrid grid = new ShapeGrid(1, 1);
    assertThatThrownBy(() -> new OnlineCorrection(0, grid, CorrectionSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variants must be >= 1");
  }
}
