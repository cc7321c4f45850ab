package io.waip.cost;

import static io.waip.cost.Points.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearLatencyModelTest {
  private static final LinearLaw LAW = new LinearLaw(4_000_000, 800_000, 1_000);

  private static LinearLaw fit(CostPoint... points) {
    return Objects.requireNonNull(LinearLatencyModel.fit(List.of(points)).law(0));
  }

  @Test
  void addsConstantRequestsAndElements() {
    // 4 ms + 3 * 0.8 ms + 3 * 20 * 1 us = 6.46 ms
    assertThat(LinearLatencyModel.of(List.of(LAW)).medianNanos(0, 3, 20)).isEqualTo(6_460_000);
  }

  @Test
  void isUnknownForAVariantWithoutALaw() {
    LinearLatencyModel model = LinearLatencyModel.of(List.of(LAW));
    assertThat(model.medianNanos(1, 1, 1)).isEqualTo(LatencyModel.UNKNOWN_NANOS);
    assertThat(model.medianNanos(-1, 1, 1)).isEqualTo(LatencyModel.UNKNOWN_NANOS);
  }

  @Test
  void leavesOutAVariantBetweenTwoMeasuredOnes() {
    LinearLatencyModel model =
        LinearLatencyModel.fit(List.of(new CostPoint(0, 1, 1, 5, 1), new CostPoint(2, 1, 1, 7, 1)));
    assertThat(model.law(1)).isNull();
    assertThat(model.medianNanos(2, 1, 1)).isEqualTo(7);
  }

  @Test
  void neverFitsANegativeCoefficient() {
    // A free line through these falls with the batch: 12 - 2 b.
    LinearLaw law = fit(point(1, 1, 10), point(2, 1, 8), point(3, 1, 6));
    assertThat(law.alphaNanos()).isPositive();
    assertThat(law.betaNanos()).isZero();
    assertThat(law.gammaNanos()).isZero();
  }

  @Test
  void minimisesRelativeError() {
    // min (a/10 - 1)^2 + (a/40 - 1)^2 gives a = (1/10 + 1/40) / (1/100 + 1/1600) = 200/17; the
    // plain mean would be 25. Equal shapes leave the law open, so it is told as gamma.
    LinearLaw law = fit(point(1, 1, 10), point(1, 1, 40));
    assertThat(law.nanos(1, 1)).isCloseTo(200.0 / 17, within(1e-9));
  }

  @Test
  void trustsAPointByItsSamples() {
    // Weights 1/5 and 996/1000: a = (w1/10 + w2/40) / (w1/100 + w2/1600).
    double first = 0.2;
    double second = 0.996;
    double expected = (first / 10 + second / 40) / (first / 100 + second / 1600);
    LinearLaw law = fit(new CostPoint(0, 1, 1, 10, 1), new CostPoint(0, 1, 1, 40, 996));
    assertThat(law.nanos(1, 1)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void takesUnmeasuredBatchesToCostInProportion() {
    LinearLaw law = fit(point(1, 8, 1_000), point(1, 16, 1_500));
    assertThat(law.nanos(2, 8)).isCloseTo(2_000, within(1e-6));
  }

  @Test
  void staysWithinTheNoiseOfTheMeasurements() {
    Random random = new Random(3);
    Stream<CostPoint> noisy =
        Points.grid(LAW, new int[] {1, 2, 4, 8, 16, 32}, new int[] {16, 64, 128}).stream()
            .map(p -> point(p.batch(), p.length(), p.nanos() * (0.95 + 0.1 * random.nextDouble())));
    LinearLatencyModel model = LinearLatencyModel.fit(noisy.toList());
    for (int batch = 1; batch <= 32; batch++) {
      assertThat(model.medianNanos(0, batch, 64) / LAW.nanos(batch, 64)).isBetween(0.95, 1.05);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0, alpha", "1, NaN, 0, beta", "1, 0, Infinity, gamma", "0, 0, 0, above 0"})
  void refusesAnImpossibleLaw(double alpha, double beta, double gamma, String named) {
    assertThatThrownBy(() -> new LinearLaw(alpha, beta, gamma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void refusesNoLawAtAll() {
    assertThatThrownBy(() -> LinearLatencyModel.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
