package io.waip.replay.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.replay.shadow.ShadowFigures.Verdict;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedErrorsTest {
  private static LatencyEstimate estimate(double nanos) {
    return new LatencyEstimate(
        nanos, OptionalDouble.empty(), OptionalDouble.empty(), Basis.MEASURED);
  }

  private static LatencyEstimate bounded(double nanos, double p95, double p99) {
    return new LatencyEstimate(
        nanos, OptionalDouble.of(p95), OptionalDouble.of(p99), Basis.MEASURED);
  }

  @Test
  void meansErrorsAndBiasOfBoth() {
    PairedErrors errors = new PairedErrors();
    errors.add(estimate(110), estimate(100), 100);
    errors.add(estimate(90), estimate(50), 100);
    ShadowFigures figures = errors.figures();

    assertThat(figures.executions()).isEqualTo(2);
    assertThat(figures.first().meanAbsRelError()).isCloseTo(0.1, within(1e-12));
    assertThat(figures.shadow().meanAbsRelError()).isCloseTo(0.25, within(1e-12));
    assertThat(figures.first().meanLogRatio()).isCloseTo(Math.log(0.99) / 2, within(1e-12));
    assertThat(figures.difference().mean()).isCloseTo(-0.15, within(1e-12));
    assertThat(figures.first().coverageP95()).isEmpty();
  }

  @Test
  void countsWhatEachBoundCovers() {
    PairedErrors errors = new PairedErrors();
    errors.add(bounded(100, 105, 120), estimate(100), 104);
    errors.add(bounded(100, 105, 120), bounded(100, 200, 300), 110);
    ShadowFigures figures = errors.figures();

    assertThat(figures.first().coverageP95()).hasValue(0.5);
    assertThat(figures.first().coverageP99()).hasValue(1);
    // One of the two has no bound of the shadow.
    assertThat(figures.shadow().coverageP95()).hasValue(1);
  }

  @Test
  void anExecutionThatOneDoesNotKnowCountsInNoError() {
    PairedErrors errors = new PairedErrors();
    errors.add(LatencyEstimate.UNKNOWN, estimate(1), 100);
    errors.add(estimate(1), LatencyEstimate.UNKNOWN, 100);
    errors.add(estimate(100), estimate(100), 100);

    assertThat(errors.figures().unknown()).isEqualTo(2);
    assertThat(errors.figures().executions()).isEqualTo(1);
    assertThat(errors.figures().first().meanAbsRelError()).isZero();
  }

  /** Executions whose times vary by 10 % around 100 ns, one after another. */
  private static ShadowFigures over(int executions, double first, double shadow) {
    Random noise = new Random(5);
    PairedErrors errors = new PairedErrors();
    for (int i = 0; i < executions; i++) {
      double nanos = 100 * Math.exp(0.1 * noise.nextGaussian());
      errors.add(estimate(first), estimate(shadow), nanos);
    }
    return errors.figures();
  }

  @Test
  void saysWhichIsNearer() {
    assertThat(over(1000, 120, 100).difference().verdict()).isEqualTo(Verdict.SHADOW_NEARER);
    assertThat(over(1000, 100, 120).difference().verdict()).isEqualTo(Verdict.FIRST_NEARER);
    assertThat(over(1000, 100, 100).difference().verdict()).isEqualTo(Verdict.NOT_TOLD_APART);
  }

  @Test
  void saysNothingOfFewExecutions() {
    assertThat(over(99, 200, 100).difference().verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(over(100, 200, 100).difference().verdict()).isEqualTo(Verdict.SHADOW_NEARER);
    assertThat(new PairedErrors().figures().difference().verdict()).isEqualTo(Verdict.TOO_FEW);
  }

  @Test
  void theIntervalNarrowsWithTheRootOfTheCount() {
    ShadowFigures.Difference few = over(2_000, 110, 100).difference();
    ShadowFigures.Difference many = over(200_000, 110, 100).difference();

    double ratio = (few.high() - few.low()) / (many.high() - many.low());
    assertThat(ratio).isBetween(5.0, 20.0);
  }

  /** Models that are equally far off in the mean; which is nearer changes from time to time. */
  private static boolean toldApart(int seed, int runLength) {
    Random random = new Random(seed);
    PairedErrors errors = new PairedErrors();
    boolean isFirstNearer = false;
    for (int i = 0; i < 2_000; i++) {
      isFirstNearer = i % runLength == 0 ? random.nextBoolean() : isFirstNearer;
      errors.add(estimate(isFirstNearer ? 101 : 110), estimate(isFirstNearer ? 110 : 101), 100);
    }
    return errors.figures().difference().verdict() != Verdict.NOT_TOLD_APART;
  }

  private static int toldApartOf(int trials, int runLength) {
    int apart = 0;
    for (int seed = 0; seed < trials; seed++) {
      apart += toldApart(seed, runLength) ? 1 : 0;
    }
    return apart;
  }

  @Test
  void equalModelsAreToldApartInOneOfTwentyRuns() {
    // 400 trials at 5 %: 20, standard deviation 4.4.
    assertThat(toldApartOf(400, 1)).isBetween(7, 36);
  }

  @Test
  void executionsThatErrAlikeForATimeAreNoProof() {
    // Runs of 20 executions err alike. Were all taken for independent the interval would be
    // sqrt(20)
    // times too narrow, and 66 % of the trials would tell equal models apart.
    assertThat(toldApartOf(400, 20)).isLessThan(50);
  }

  @Test
  void refusesAnExecutionWithoutATime() {
    PairedErrors errors = new PairedErrors();
    assertThatThrownBy(() -> errors.add(estimate(1), estimate(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> errors.add(estimate(1), estimate(1), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
