package com.example.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.contract.CostModelFitterContract;
import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyEstimate;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LineFitterTest extends CostModelFitterContract {
  private static final Subject SUBJECT = new Subject("m", Phase.WHOLE, "", 1, 0);

  @Override
  protected CostModelFitter create() {
    return new LineFitter();
  }

  /** Times of {@code 1 ms + 0.1 ms b + 0.01 ms b L}, the last of them twice as long. */
  private static List<Measurement> line(int count) {
    List<Measurement> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int batch = 1 + i % 4;
      int length = 16 * (1 + i / 4);
      double nanos = (1e6 + 1e5 * batch + 1e4 * batch * length) * (i == count - 1 ? 2 : 1);
      points.add(
          new Measurement(
              SUBJECT,
              batch,
              length,
              nanos,
              OptionalDouble.empty(),
              1,
              new Source("f.csv", i + 2)));
    }
    return points;
  }

  private LatencyEstimate predict(List<Measurement> points, int batch, int length) {
    return create().open(create().fit(points)).predict(SUBJECT, batch, length);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(CostModelFitter.class).stream().map(p -> p.get().name()))
        .containsExactly("line");
  }

  @Test
  void findsTheLineAndFollowsItBeyondThePoints() {
    List<Measurement> exact = line(25).subList(0, 24);

    assertThat(predict(exact, 3, 50).medianNanos()).isCloseTo(2.8e6, within(1e3));
    assertThat(predict(exact, 20, 500).medianNanos()).isCloseTo(103e6, within(1e5));
  }

  @Test
  void boundsFromNineteenPointsOn() {
    assertThat(predict(line(18), 2, 32).p95Nanos()).isEmpty();
    assertThat(predict(line(19), 2, 32).p95Nanos()).isPresent();
    assertThat(predict(line(98), 2, 32).p99Nanos()).isEmpty();
    assertThat(predict(line(99), 2, 32).p99Nanos()).isPresent();
  }

  @Test
  void theBoundOfFewPointsIsTheWorstOfThem() {
    LatencyEstimate estimate = predict(line(19), 2, 32);

    // The one point that takes twice as long is the largest of 19 residuals.
    assertThat(estimate.p95Nanos().orElseThrow() / estimate.medianNanos()).isBetween(1.9, 3.0);
  }

  @Test
  void refusesTwoShapes() {
    assertThatThrownBy(() -> create().fit(line(2)))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContaining("f.csv:2: m WHOLE has 2 shapes; allowed: at least 3");
  }

  @Test
  void refusesAModelWithoutItsLine() {
    CostModel.Builder model = create().fit(line(9)).toBuilder();
    model.getVariantsBuilder(0).getParametersBuilder(0).setValues(1, -3);
    assertThatThrownBy(() -> create().open(model.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variant 'm' has no line");

    model.getVariantsBuilder(0).clearParameters();
    assertThatThrownBy(() -> create().open(model.build())).hasMessageContaining("has no line");
  }
}
