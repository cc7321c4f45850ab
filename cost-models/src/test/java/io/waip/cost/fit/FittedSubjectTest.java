package io.waip.cost.fit;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.at;
import static io.waip.cost.Measurements.curve;
import static io.waip.cost.Measurements.multiples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.cost.shape.SubjectShapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FittedSubjectTest {
  private static final Subject A100 = new Subject("m", Phase.WHOLE, "a100", 1, 0);

  private static FittedSubject fit(Subject subject, List<Measurement> measurements) {
    return SubjectFit.of(subject, SubjectShapes.of(measurements).getFirst().shapes());
  }

  private static FittedSubject fit(DoubleUnaryOperator law, int[] lengths, double noise) {
    return fit(SUBJECT, curve(SUBJECT, law, lengths, noise));
  }

  @Test
  void recoversAStraightLine() {
    FittedSubject fit = fit(n -> 2e6 + 3e4 * n, multiples(32, 12), 0);

    for (int length : new int[] {32, 100, 250, 384, 800}) {
      assertThat(fit.predict(1, length).medianNanos()).isCloseTo(2e6 + 3e4 * length, within(1e3));
    }
  }

  @Test
  void recoversAttentionThatGrowsWithTheSquareOfTheLength() {
    FittedSubject fit = fit(n -> 2e6 + 3e4 * n + 50.0 * n * n, multiples(64, 12), 0);

    assertThat(fit.predict(1, 1000).medianNanos()).isCloseTo(82e6, within(1e4));
  }

  @Test
  void findsTheTileInTheTimesAndStepsWhereNothingWasMeasured() {
    // Steps at multiples of 128; no point in the tile from 513 to 640 but 520.
    int[] lengths = {20, 60, 100, 150, 200, 250, 270, 330, 380, 400, 460, 500, 520, 700, 760, 800};
    FittedSubject fit =
        fit(A100, curve(A100, n -> 1e6 + 1e4 * 128 * Math.ceil(n / 128), lengths, 0));

    double before = fit.predict(1, 512).medianNanos();
    double after = fit.predict(1, 513).medianNanos();
    double end = fit.predict(1, 640).medianNanos();
    assertThat(after / before).isCloseTo(7.4 / 6.12, within(0.05));
    assertThat(end / after).isCloseTo(1, within(0.05));
  }

  @Test
  void seesNoTileInTimesThatHaveNone() {
    FittedSubject fit = fit(n -> 1e6 + 1e4 * n, multiples(50, 16), 0.003);

    double step = fit.predict(1, 513).medianNanos() / fit.predict(1, 512).medianNanos();
    assertThat(step).isBetween(1.0, 1.004);
  }

  @Test
  void marksWhatLiesBeyondTheMeasuredBatchesLengthsAndElements() {
    List<Measurement> measurements = new ArrayList<>();
    for (int length : multiples(64, 8)) {
      measurements.add(at(SUBJECT, 1, length, 1e6 + 1e4 * length, 2));
    }
    for (int batch = 2; batch <= 8; batch *= 2) {
      measurements.add(at(SUBJECT, batch, 64, 1e6 + 1e4 * 64 * batch, 3));
    }
    FittedSubject fit = fit(SUBJECT, measurements);

    assertThat(fit.predict(4, 100).basis()).isEqualTo(Basis.MEASURED);
    assertThat(fit.predict(9, 64).basis()).isEqualTo(Basis.EXTRAPOLATED);
    assertThat(fit.predict(1, 513).basis()).isEqualTo(Basis.EXTRAPOLATED);
    assertThat(fit.predict(1, 63).basis()).isEqualTo(Basis.EXTRAPOLATED);
    // Batch and length were measured, but never 8 * 512 elements.
    assertThat(fit.predict(8, 512).basis()).isEqualTo(Basis.EXTRAPOLATED);
  }

  @Test
  void boundsOnlyAsFarAsItsPointsReach() {
    DoubleUnaryOperator law = n -> 1e6 + 1e4 * n;
    LatencyEstimate of18 = fit(law, multiples(30, 18), 0.05).predict(1, 100);
    LatencyEstimate of19 = fit(law, multiples(30, 19), 0.05).predict(1, 100);
    LatencyEstimate of98 = fit(law, multiples(8, 98), 0.05).predict(1, 100);
    LatencyEstimate of99 = fit(law, multiples(8, 99), 0.05).predict(1, 100);

    assertThat(of18.p95Nanos()).isEmpty();
    assertThat(of19.p95Nanos()).isPresent();
    assertThat(of19.p99Nanos()).isEmpty();
    assertThat(of98.p99Nanos()).isEmpty();
    assertThat(of99.p99Nanos()).isPresent();
    assertThat(of99.p99Nanos().orElseThrow()).isGreaterThanOrEqualTo(of99.p95Nanos().orElseThrow());
  }

  @Test
  void boundsByTheLargestRatioToACurveThatDidNotSeeThePoint() {
    FittedSubject fit = fit(n -> 1e6 + 1e4 * n, multiples(30, 19), 0.05);

    double largest = Arrays.stream(fit.logResiduals()).max().orElseThrow();
    LatencyEstimate estimate = fit.predict(1, 310);
    double margin = Math.log(estimate.p95Nanos().orElseThrow() / estimate.medianNanos());
    // The curves of the folds differ a little from that of all points.
    assertThat(margin).isCloseTo(largest, within(0.02));
  }

  @Test
  void aPointThatWasSeenHasAnErrorAsIfItWereNot() {
    List<Measurement> measurements = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(30, 20), 0.05);
    FittedSubject fit = fit(SUBJECT, measurements);
    measurements.remove(7);
    FittedSubject without = fit(SUBJECT, measurements);

    double unseen = Math.log(fit.shapes().get(7).nanos() / without.predict(1, 240).medianNanos());
    assertThat(fit.logResiduals()[7]).isCloseTo(unseen, within(1e-9));
  }

  @Test
  void borrowsABoundWherePointsAreTooFew() {
    FittedSubject own = fit(n -> 1e6 + 1e4 * n, multiples(30, 10), 0);
    FittedSubject borrowing = own.borrowing(new BorrowedResiduals(alike(20, 1.25), alike(19, 1.5)));

    assertThat(own.needsToBorrow()).isTrue();
    assertThat(own.isBorrowing()).isFalse();
    assertThat(own.predict(1, 100).p95Nanos()).isEmpty();
    assertThat(borrowing.isBorrowing()).isTrue();
    assertThat(width(borrowing, 100)).isCloseTo(1.25, within(1e-9));
    assertThat(width(borrowing, 1000)).isCloseTo(1.5, within(1e-9));
    assertThat(borrowing.predict(1, 100).p99Nanos()).isEmpty();
  }

  @Test
  void borrowsOfAllWhereThoseBeyondAreTooFew() {
    FittedSubject borrowing =
        fit(n -> 1e6 + 1e4 * n, multiples(30, 10), 0)
            .borrowing(new BorrowedResiduals(alike(17, 1.25), alike(2, 1.5)));

    assertThat(width(borrowing, 100)).isCloseTo(1.5, within(1e-9));
    assertThat(width(borrowing, 1000)).isCloseTo(1.5, within(1e-9));
  }

  private static double[] alike(int count, double ratio) {
    double[] residuals = new double[count];
    Arrays.fill(residuals, Math.log(ratio));
    return residuals;
  }

  private static double width(FittedSubject fit, int length) {
    LatencyEstimate estimate = fit.predict(1, length);
    return estimate.p95Nanos().orElseThrow() / estimate.medianNanos();
  }

  @Test
  void doesNotDependOnTheOrderOfThePoints() {
    List<Measurement> measurements = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(30, 20), 0.05);

    assertThat(fit(SUBJECT, measurements).predict(1, 111))
        .isEqualTo(fit(SUBJECT, measurements.reversed()).predict(1, 111));
  }

  @Test
  void takesEvenlySpacedShapesOfVeryMany() {
    FittedSubject fit = fit(n -> 1e6 + 1e4 * n, multiples(1, 700), 0.02);

    assertThat(fit.shapes()).hasSize(512);
    assertThat(fit.shapes().getFirst().length()).isEqualTo(1);
    assertThat(fit.shapes().getLast().length()).isEqualTo(700);
    assertThat(fit.predict(1, 350).medianNanos()).isCloseTo(4.5e6, within(1e5));
  }
}
