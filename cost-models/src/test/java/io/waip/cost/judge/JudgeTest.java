package io.waip.cost.judge;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.at;
import static io.waip.cost.Measurements.curve;
import static io.waip.cost.Measurements.multiples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.FitFigures;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitTrial;
import io.waip.api.cost.HeldOut;
import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.cost.fit.FittedSubject;
import io.waip.cost.fit.SubjectFit;
import io.waip.cost.quantile.ConformalRank;
import io.waip.cost.shape.PooledShape;
import io.waip.cost.shape.SubjectShapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static FitJudgement judge(List<Measurement> measurements, int train, int splits) {
    return new Judge(SubjectShapes.of(measurements), new FitTrial(train, splits)).judge(i -> {});
  }

  @Test
  void findsNoErrorWhereTheLawIsExact() {
    FitJudgement judgement = judge(curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(40, 30), 0), 10, 5);

    FitFigures figures = judgement.subjects().getFirst().figures();
    assertThat(figures.points()).isEqualTo(30);
    assertThat(figures.trainPoints()).isEqualTo(10);
    assertThat(figures.meanAbsRelError()).isLessThan(1e-4);
    assertThat(figures.coverageP95()).isEmpty();
    assertThat(figures.repeatAbsRelError()).isEmpty();
  }

  @Test
  void findsTheErrorOfTheNoiseThatNoModelKnows() {
    FitJudgement judgement =
        judge(curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(10, 120), 0.05), 40, 10);

    // Mean of |N(0, 0.05)| is 0.04; following the noise of 40 points adds less than half of it.
    assertThat(judgement.overall().meanAbsRelError()).isBetween(0.035, 0.06);
  }

  @Test
  void coversAsOftenAsItSaysOverManySplits() {
    FitFigures figures =
        judge(curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(10, 200), 0.05), 20, 60).overall();

    assertThat(figures.coverageP95().orElseThrow()).isBetween(0.93, 0.985);
    assertThat(figures.coverageP99()).isEmpty();
  }

  @Test
  void coversP99FromNinetyNinePoints() {
    FitFigures figures =
        judge(curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(10, 200), 0.05), 99, 10).overall();

    assertThat(figures.coverageP99().orElseThrow()).isBetween(0.97, 1.0);
  }

  @Test
  void keepsAFifthOfASubjectToJudgeAt() {
    FitJudgement judgement = judge(curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(40, 10), 0), 50, 2);

    assertThat(judgement.overall().trainPoints()).isEqualTo(8);
  }

  @Test
  void drawsAShapeWithAllItsRepeats() {
    // Each shape twice: were one repeat held out alone, its error would be that of the pair.
    List<Measurement> measurements = new ArrayList<>();
    for (int length : multiples(64, 10)) {
      measurements.add(at(SUBJECT, 1, length, 1e6, 2));
      measurements.add(at(SUBJECT, 1, length, 1.5e6, 3));
    }

    FitFigures figures = judge(measurements, 8, 3).overall();

    assertThat(figures.points()).isEqualTo(10);
    assertThat(figures.meanAbsRelError()).isLessThan(1e-6);
    assertThat(figures.repeatAbsRelError().orElseThrow()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void judgesEachSubjectAndAllTogether() {
    Subject other = new Subject("n", Phase.WHOLE, "", 1, 0);
    List<Measurement> measurements = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(40, 30), 0);
    measurements.addAll(curve(other, n -> 1e6 + 1e4 * n, multiples(40, 30), 0.1));

    FitJudgement judgement = judge(measurements, 10, 5);

    double exact = judgement.subjects().get(0).figures().meanAbsRelError();
    double noisy = judgement.subjects().get(1).figures().meanAbsRelError();
    assertThat(judgement.subjects().get(1).subject()).isEqualTo(other);
    assertThat(judgement.overall().meanAbsRelError()).isBetween(exact, noisy);
    assertThat(judgement.overall().points()).isEqualTo(60);
    // Ten points each, but twenty of the phase.
    assertThat(judgement.subjects()).allMatch(s -> s.bandsBorrowed());
    assertThat(judgement.overall().coverageP95()).isPresent();
  }

  @Test
  void tellsWhatWasSetAside() {
    List<Measurement> measurements = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(40, 10), 0);
    measurements.add(at(SUBJECT, 8, 400, 1e6, 99));

    FitJudgement judgement = judge(measurements, 5, 1);

    assertThat(judgement.setAside()).hasSize(1);
    assertThat(judgement.setAside().getFirst().measurement().source().line()).isEqualTo(99);
    assertThat(judgement.overall().points()).isEqualTo(10);
  }

  @Test
  void givesTheSameFiguresEachTimeAndTellsItsProgress() {
    List<Measurement> measurements = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(40, 30), 0.05);
    List<Integer> done = new ArrayList<>();

    FitJudgement first =
        new Judge(SubjectShapes.of(measurements), new FitTrial(20, 3)).judge(done::add);

    assertThat(done).containsExactly(1, 2, 3);
    assertThat(judge(measurements, 20, 3)).isEqualTo(first);
  }

  @Test
  void theCoverageWouldShowBoundsFromErrorsAtPointsThatWereSeen() {
    List<PooledShape> all =
        SubjectShapes.of(curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(10, 200), 0.05))
            .getFirst()
            .shapes();
    HeldOut answers = new HeldOut();
    for (int split = 0; split < 40; split++) {
      List<PooledShape> drawn = new ArrayList<>(all);
      Collections.shuffle(drawn, new Random(split));
      FittedSubject fit = SubjectFit.of(SUBJECT, drawn.subList(0, 20));
      double[] ratios =
          fit.shapes().stream().mapToDouble(s -> s.nanos() / median(fit, s)).toArray();
      double largest = ConformalRank.bound(ratios, 0.95).orElseThrow();
      answers.nextSplit();
      for (PooledShape shape : drawn.subList(20, 200)) {
        double median = median(fit, shape);
        answers.add(
            shape.nanos(),
            new LatencyEstimate(
                median,
                OptionalDouble.of(largest * median),
                OptionalDouble.empty(),
                Basis.MEASURED));
      }
    }

    assertThat(answers.coverageP95().orElseThrow()).isLessThan(0.9);
  }

  private static double median(FittedSubject fit, PooledShape shape) {
    return fit.predict(shape.batch(), shape.length()).medianNanos();
  }
}
