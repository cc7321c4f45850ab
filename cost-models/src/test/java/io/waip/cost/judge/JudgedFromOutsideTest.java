package io.waip.cost.judge;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.at;
import static io.waip.cost.Measurements.curve;
import static io.waip.cost.Measurements.multiples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.FitFigures;
import io.waip.api.cost.FitTrial;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import io.waip.cost.RooflineFitter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fitter that brings no judge of its own is judged over the same splits by the same figures. */
class JudgedFromOutsideTest {
  private static final FitTrial TRIAL = new FitTrial(20, 4);

  /** The roofline fitter without its judge. */
  private static final CostModelFitter PLAIN =
      new CostModelFitter() {
        private final RooflineFitter roofline = new RooflineFitter();

        @Override
        public String name() {
          return roofline.name();
        }

        @Override
        public CostModel fit(List<Measurement> measurements) {
          return roofline.fit(measurements);
        }

        @Override
        public LatencyPredictor open(CostModel model) {
          return roofline.open(model);
        }
      };

  @Test
  void findsWhatTheFittersOwnJudgeFinds() {
    Subject other = new Subject("other", Phase.WHOLE, "a100", 2, 4);
    List<Measurement> measurements = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(25, 40), 0.05);
    measurements.addAll(curve(other, n -> 2e6 + 3e4 * n, multiples(100, 30), 0.03));
    measurements.add(at(SUBJECT, 1, 25, 1.3e6, 99));

    FitFigures outside = PLAIN.judge(measurements, TRIAL, done -> {}).overall();
    FitFigures own = new RooflineFitter().judge(measurements, TRIAL, done -> {}).overall();

    assertThat(outside)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-9, Double.class)
        .isEqualTo(own);
    assertThat(outside.repeatAbsRelError().orElseThrow()).isCloseTo(0.02, within(0.02));
  }

  @Test
  void refusesASubjectThatLeavesNoShapeToJudgeAt() {
    List<Measurement> three = curve(SUBJECT, n -> 1e6 + 1e4 * n, multiples(25, 3), 0);

    assertThatThrownBy(() -> PLAIN.judge(three, TRIAL, done -> {}))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContaining("f.csv:2")
        .hasMessageContaining("at least 4");
  }
}
