package io.waip.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.LatencyEstimate.Basis;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  private static LatencyEstimate estimate(double median, double p95, Basis basis) {
    OptionalDouble bound = p95 > 0 ? OptionalDouble.of(p95) : OptionalDouble.empty();
    return new LatencyEstimate(median, bound, OptionalDouble.empty(), basis);
  }

  /** Errors 10 % and 20 % in one split, 50 % beyond the range in the next. */
  private static HeldOut threeAnswers() {
    HeldOut answers = new HeldOut();
    answers.nextSplit();
    answers.add(100, estimate(110, 121, Basis.MEASURED));
    answers.add(100, estimate(80, 96, Basis.MEASURED));
    answers.nextSplit();
    answers.add(100, estimate(150, 150, Basis.EXTRAPOLATED));
    return answers;
  }

  @Test
  void meansAllAnswersAndThoseWithin() {
    HeldOut answers = threeAnswers();

    assertThat(answers.meanAbsRelError()).isCloseTo(0.8 / 3, within(1e-12));
    assertThat(answers.withinMeanAbsRelError()).isCloseTo(0.15, within(1e-12));
    assertThat(answers.extrapolatedShare()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void takesThe99thPercentileOfEachSplitAndOfAll() {
    HeldOut answers = threeAnswers();

    assertThat(answers.p99AbsRelError()).isCloseTo((0.2 + 0.5) / 2, within(1e-12));
    assertThat(answers.pooledP99AbsRelError()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void countsCoverageSplitBySplit() {
    // One of two in the first split, the only one in the second.
    assertThat(threeAnswers().coverageP95()).hasValue(0.75);
    assertThat(threeAnswers().coverageP99()).isEmpty();
  }

  @Test
  void takesTheMedianOfTheWidths() {
    // 0.1, 0.2 and 0
    assertThat(threeAnswers().medianWidth().orElseThrow()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void hasNoWidthWithoutABound() {
    HeldOut answers = new HeldOut();
    answers.nextSplit();
    answers.add(100, estimate(110, 0, Basis.EXTRAPOLATED));

    assertThat(answers.medianWidth()).isEmpty();
    assertThat(answers.coverageP95()).isEmpty();
    assertThat(answers.withinMeanAbsRelError()).isNaN();
  }

  @Test
  void refusesAnAnswerThatIsNone() {
    HeldOut answers = new HeldOut();
    answers.nextSplit();

    assertThatThrownBy(() -> answers.add(100, LatencyEstimate.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
