package io.waip.cli.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FiguresMathTest {
  @Test
  void aQuantileIsTheNearestRankInMilliseconds() {
    Quantiles quantiles = Quantiles.of(new long[] {4_000_000, 1_000_000, 3_000_000, 2_000_000});
    assertThat(quantiles.millis(0.5)).isEqualTo(2);
    assertThat(quantiles.millis(0.51)).isEqualTo(3);
    assertThat(quantiles.millis(1)).isEqualTo(4);
  }

  @Test
  void anEmptySampleHasQuantileZero() {
    assertThat(Quantiles.of(new long[0]).millis(0.99)).isZero();
  }

  @Test
  void theCosineIsOneForParallelAndZeroForOrthogonalVectors() {
    float[] a = {1, 2, 0};
    assertThat(Cosine.of(a, new float[] {2, 4, 0})).isEqualTo(1, within(1e-12));
    assertThat(Cosine.of(a, new float[] {0, 0, 5})).isEqualTo(0, within(1e-12));
    assertThat(Cosine.of(a, new float[] {-1, -2, 0})).isEqualTo(-1, within(1e-12));
  }

  @Test
  void vectorsOfDifferentSizeAreMisuse() {
    assertThatThrownBy(() -> Cosine.of(new float[1], new float[2]))
        .hasMessage("sizes differ: 1 and 2");
  }
}
