package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LengthQuantilesTest {
  private static double mean(LengthQuantiles quantiles) {
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += quantiles.at((i + 0.5) / 100_000);
    }
    return sum / 100_000;
  }

  @Test
  void goesThroughItsQuantilesInStraightLines() {
    LengthQuantiles quantiles = new LengthQuantiles(100, new double[] {100, 200, 300, 400, 1000});
    assertThat(quantiles.at(0.5)).isEqualTo(100);
    assertThat(quantiles.at(0.7)).isEqualTo(150);
    assertThat(quantiles.at(0.9)).isEqualTo(200);
    assertThat(quantiles.at(0.95)).isEqualTo(300);
    assertThat(quantiles.at(0.99)).isEqualTo(400);
    assertThat(quantiles.at(0.995)).isEqualTo(700);
    assertThat(quantiles.at(Math.nextDown(1.0))).isEqualTo(1000);
  }

  @Test
  void choosesTheLowestValueThatGivesTheMean() {
    // A row of ServeGen's: the lines above the median leave 77.2 of the mean to the lower half,
    // whose lowest value is then 4 * 77.2 - 177 = 131.9.
    LengthQuantiles quantiles = new LengthQuantiles(206.5, new double[] {177, 249, 362, 473, 1942});
    assertThat(quantiles.at(0)).isEqualTo(132);
    assertThat(mean(quantiles)).isCloseTo(206.5, Offset.offset(0.1));
  }

  @Test
  void keepsTheLowestValueBetweenOneAndTheMedian() {
    assertThat(new LengthQuantiles(1, new double[] {100, 200, 300, 400, 500}).at(0)).isEqualTo(1);
    assertThat(new LengthQuantiles(999, new double[] {100, 200, 300, 400, 500}).at(0))
        .isEqualTo(100);
    assertThat(new LengthQuantiles(0, new double[] {0, 0, 0, 0, 0}).at(0.7)).isEqualTo(1);
  }
}
