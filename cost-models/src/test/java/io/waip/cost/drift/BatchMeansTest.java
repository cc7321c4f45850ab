package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BatchMeansTest {
  private static BatchMeans of(int count, IntToDoubleFunction values) {
    BatchMeans means = new BatchMeans();
    for (int i = 0; i < count; i++) {
      means.add(values.applyAsDouble(i));
    }
    return means;
  }

  private static IntToDoubleFunction correlated(double weight) {
    SplittableRandom random = new SplittableRandom(1);
    double[] last = {0};
    return i -> {
      last[0] = weight * last[0] + Math.sqrt(1 - weight * weight) * random.nextGaussian();
      return last[0];
    };
  }

  @Test
  void hasAnEstimateAfter128ValuesAndWheneverTheyDouble() {
    BatchMeans means = new BatchMeans();
    List<Integer> at = new ArrayList<>();
    for (int i = 1; i <= 2048; i++) {
      if (means.add(i % 3)) {
        at.add(i);
      }
    }
    assertThat(at).containsExactly(128, 256, 512, 1024, 2048);
  }

  @Test
  void knowsMeanAndDeviationOfItsValues() {
    // 256 values, 64 each of 1, 2, 3, 4: mean 2.5, squares 64 · 5, over 255.
    BatchMeans means = of(256, i -> 1 + i % 4);
    assertThat(means.values()).isEqualTo(256);
    assertThat(means.mean()).isCloseTo(2.5, within(1e-12));
    assertThat(means.deviation()).isCloseTo(Math.sqrt(320.0 / 255), within(1e-12));
  }

  @Test
  void sumsOfIndependentValuesScatterLikeTheValues() {
    assertThat(of(65_536, correlated(0)).sumDeviation()).isCloseTo(1, within(0.4));
  }

  @Test
  void sumsOfDependentValuesScatterMore() {
    // Of an autoregression with weight w: sqrt((1 + w) / (1 - w)) = 4.36 for 0.9.
    assertThat(of(65_536, correlated(0.9)).sumDeviation()).isBetween(3.0, 6.0);
  }

  @Test
  void valuesThatCancelOneAnotherCountAsIndependent() {
    assertThat(of(256, i -> i % 2).sumDeviation()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void isAsNewWhenCleared() {
    BatchMeans means = of(1000, correlated(0.5));
    means.clear();
    BatchMeans other = new BatchMeans();
    for (int i = 0; i < 300; i++) {
      assertThat(means.add(i * i % 7)).isEqualTo(other.add(i * i % 7));
    }
    assertThat(means.sumDeviation()).isEqualTo(other.sumDeviation());
    assertThat(means.mean()).isEqualTo(other.mean());
  }
}
