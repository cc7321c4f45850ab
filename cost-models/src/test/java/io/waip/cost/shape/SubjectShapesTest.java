package io.waip.cost.shape;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectShapesTest {
  private static final double MS = 1e6;

  /** Four lengths of one request, 10 to 80 ms. */
  private static List<Measurement> four() {
    return new ArrayList<>(
        List.of(
            at(SUBJECT, 1, 100, 10 * MS, 2),
            at(SUBJECT, 1, 200, 20 * MS, 3),
            at(SUBJECT, 1, 400, 40 * MS, 4),
            at(SUBJECT, 1, 800, 80 * MS, 5)));
  }

  private static SubjectShapes one(List<Measurement> measurements) {
    List<SubjectShapes> subjects = SubjectShapes.of(measurements);
    assertThat(subjects).hasSize(1);
    return subjects.getFirst();
  }

  @Test
  void poolsRepeatsIntoTheirMedian() {
    List<Measurement> measurements = four();
    measurements.add(at(SUBJECT, 1, 100, 11 * MS, 6));
    measurements.add(at(SUBJECT, 1, 100, 19 * MS, 7));
    measurements.add(at(SUBJECT, 1, 200, 22 * MS, 8));

    SubjectShapes subject = one(measurements);

    assertThat(subject.shapes()).hasSize(4);
    assertThat(subject.shapes().get(0).nanos()).isEqualTo(11 * MS);
    assertThat(subject.shapes().get(0).samples()).isEqualTo(3);
    assertThat(subject.shapes().get(1).nanos()).isEqualTo(21 * MS);
  }

  @Test
  void measuresHowFarRepeatsLieFromTheirMedian() {
    List<Measurement> measurements = four();
    assertThat(one(measurements).repeatAbsRelError()).isEmpty();

    measurements.add(at(SUBJECT, 1, 100, 11 * MS, 6));
    measurements.add(at(SUBJECT, 1, 100, 12 * MS, 7));

    // 10, 11 and 12 about 11: a mean of 2/33.
    assertThat(one(measurements).repeatAbsRelError().orElseThrow())
        .isCloseTo(2.0 / 33, within(1e-12));
  }

  @Test
  void refusesRepeatsThatDifferByMoreThanTwoAndNamesBothLines() {
    List<Measurement> measurements = four();
    measurements.add(at(SUBJECT, 1, 200, 41 * MS, 9));

    assertThatThrownBy(() -> SubjectShapes.of(measurements))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContainingAll(
            "f.csv:9: 41.00 ms where f.csv:3 has 20.00 ms", "within a factor of 2", "remedy");
  }

  @Test
  void acceptsRepeatsThatDifferByTwo() {
    List<Measurement> measurements = four();
    measurements.add(at(SUBJECT, 1, 200, 40 * MS, 9));

    assertThat(one(measurements).shapes().get(1).nanos()).isEqualTo(30 * MS);
  }

  @Test
  void refusesASubjectOfOnePoint() {
    List<Measurement> measurements = four();
    measurements.add(at(new Subject("n", Phase.DECODE, "a100", 2, 0), 1, 100, MS, 9));

    assertThatThrownBy(() -> SubjectShapes.of(measurements))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContainingAll(
            "f.csv:9: n DECODE on a100, tensor parallel 2 has 1 usable point",
            "at least 4 different shapes",
            "remedy");
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> SubjectShapes.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  @Test
  void refusesALineInASmallerUnit() {
    List<Measurement> measurements = four();
    // 60 s written where milliseconds are.
    measurements.add(at(SUBJECT, 1, 600, 0.06 * MS, 9));

    assertThatThrownBy(() -> SubjectShapes.of(measurements))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContainingAll("f.csv:9: 0.06000 ms", "f.csv:2 has 10.00 ms", "one unit");
  }

  @Test
  void refusesALastLineInALargerUnit() {
    List<Measurement> measurements = four();
    // 100 ms written in microseconds.
    measurements.add(at(SUBJECT, 1, 1000, 100_000 * MS, 9));

    assertThatThrownBy(() -> SubjectShapes.of(measurements))
        .hasMessageContainingAll("f.csv:9: 1.000e+05 ms", "one unit");
  }

  @Test
  void setsAsideTheShapeThatMostOthersContradict() {
    List<Measurement> measurements = four();
    measurements.add(at(SUBJECT, 4, 800, 15 * MS, 9));

    SubjectShapes subject = one(measurements);

    assertThat(subject.shapes()).hasSize(4);
    assertThat(subject.setAside()).hasSize(1);
    assertThat(subject.setAside().getFirst().source()).hasToString("f.csv:9");
    assertThat(subject.reasons().getFirst())
        .contains("15.00 ms for batch 4, length 800", "f.csv:4 has 40.00 ms");
  }

  @Test
  void setsAsideBothOfTwoThatContradictOnlyEachOther() {
    List<Measurement> measurements = four();
    measurements.add(at(SUBJECT, 2, 800, 35 * MS, 9));

    SubjectShapes subject = one(concat(measurements, at(SUBJECT, 1, 50, 9 * MS, 10)));

    assertThat(subject.setAside().stream().map(shape -> shape.source().line()))
        .containsExactlyInAnyOrder(5, 9);
    assertThat(subject.shapes()).hasSize(4);
  }

  @Test
  void keepsADipThatATileExplains() {
    List<Measurement> measurements = four();
    measurements.add(at(SUBJECT, 1, 801, 41 * MS, 9));

    assertThat(one(measurements).setAside()).isEmpty();
  }

  @Test
  void keepsSubjectsApartInTheOrderOfTheFile() {
    Subject other = new Subject("a", Phase.WHOLE, "", 1, 0);
    List<Measurement> measurements = four();
    for (Measurement m : four()) {
      measurements.add(at(other, 1, m.length(), 3 * m.medianNanos(), 20));
    }

    assertThat(SubjectShapes.of(measurements).stream().map(SubjectShapes::subject))
        .containsExactly(SUBJECT, other);
  }

  private static List<Measurement> concat(List<Measurement> some, Measurement more) {
    List<Measurement> all = new ArrayList<>(some);
    all.add(more);
    return all;
  }
}
