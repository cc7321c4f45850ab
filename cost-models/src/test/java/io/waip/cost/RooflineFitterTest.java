package io.waip.cost;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.at;
import static io.waip.cost.Measurements.curve;
import static io.waip.cost.Measurements.multiples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.TextFormat;
import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostComponent;
import io.waip.api.v1.CostCurve;
import io.waip.api.v1.CostModel;
import io.waip.api.v1.CostPoint;
import io.waip.api.v1.LawTerm;
import io.waip.api.v1.VariantCost;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RooflineFitterTest {
  private static final RooflineFitter FITTER = new RooflineFitter();
  private static final Subject FEW = new Subject("few", Phase.WHOLE, "a100", 2, 4);

  /** One subject of 24 points and one of 6. */
  private static List<Measurement> measurements() {
    List<Measurement> all =
        curve(SUBJECT, n -> 1e6 + 1e4 * 64 * Math.ceil(n / 64), multiples(25, 24), 0.03);
    all.addAll(curve(FEW, n -> 2e6 + 3e4 * n, multiples(100, 6), 0.03));
    return all;
  }

  private static final CostModel MODEL = FITTER.fit(measurements());

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(CostModelFitter.class).stream().map(p -> p.get().name()))
        .containsExactly("roofline");
  }

  @Test
  void aModelReadBackPredictsTheSame() throws TextFormat.ParseException {
    String text = TextFormat.printer().printToString(MODEL);
    LatencyPredictor now = FITTER.open(MODEL);
    LatencyPredictor later = FITTER.open(TextFormat.parse(text, CostModel.class));

    for (int length : new int[] {1, 25, 130, 600, 5000}) {
      for (Subject subject : List.of(SUBJECT, FEW)) {
        LatencyEstimate a = now.predict(subject, 1, length);
        LatencyEstimate b = later.predict(subject, 1, length);
        assertThat(b).isEqualTo(a);
        assertThat(a.p95Nanos()).isPresent();
      }
    }
  }

  @Test
  void aModelReadBackPredictsAsTheFitDid() {
    // Near the points of a law with little noise, so that the field must be the fit's own.
    LatencyEstimate estimate = FITTER.open(MODEL).predict(FEW, 1, 300);

    assertThat(estimate.medianNanos()).isCloseTo(11e6, within(1e6));
  }

  @Test
  void keepsWhereEachPointWasFound() {
    List<Measurement> measurements = measurements();
    measurements.add(
        new Measurement(SUBJECT, 1, 25, 1.7e6, OptionalDouble.empty(), 9, new Source("g.csv", 3)));
    CostPoint point = FITTER.fit(measurements).getVariants(0).getPoints(0);

    assertThat(point.getSourcesList()).containsExactly("f.csv:2", "g.csv:3");
    assertThat(point.getSamples()).isEqualTo(10);
    assertThat(point.getP99Nanos()).isZero();
  }

  @Test
  void keepsWhatWasSetAside() {
    List<Measurement> measurements = measurements();
    measurements.add(at(SUBJECT, 9, 600, 2e6, 77));
    VariantCost variant = FITTER.fit(measurements).getVariants(0);

    assertThat(variant.getSetAsideList().stream().map(p -> p.getSources(0)))
        .containsExactly("f.csv:77");
    assertThat(variant.getPointsCount()).isEqualTo(24);
  }

  @Test
  void writesAPositiveLawOfNamedTermsAndWeightsThatAddToOne() {
    for (VariantCost variant : MODEL.getVariantsList()) {
      assertThat(
              variant.getCurve().getComponentsList().stream().mapToDouble(c -> c.getWeight()).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(variant.getCurve().getComponentsList())
          .allSatisfy(c -> assertThat(c.getTermsList()).isNotEmpty());
      assertThat(variant.getFoldsCount()).isEqualTo(Math.min(20, variant.getPointsCount()));
    }
    assertThat(MODEL.getVariants(0).getBorrowedWithinCount()).isZero();
    // The first and the last of each subject lie beyond the others.
    assertThat(MODEL.getVariants(1).getBorrowedWithinCount()).isEqualTo(26);
    assertThat(MODEL.getVariants(1).getBorrowedBeyondCount()).isEqualTo(4);
  }

  @Test
  void knowsNothingOfAnotherSubject() {
    LatencyPredictor model = FITTER.open(MODEL);

    assertThat(model.predict(new Subject("m", Phase.WHOLE, "h100", 1, 0), 1, 64))
        .isEqualTo(LatencyEstimate.UNKNOWN);
    assertThatThrownBy(() -> model.predict(SUBJECT, 0, 64))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<Arguments> brokenModels() {
    return Stream.of(
        broken("version 2", m -> m.setFormatVersion(2)),
        broken("fitter 'forest'", m -> m.setFitter("forest")),
        broken("twice", m -> m.addVariants(m.getVariants(0))),
        broken("phase 'WARM'", m -> m.getVariantsBuilder(0).setPhase("WARM")),
        broken("fewer than 2 points", m -> m.getVariantsBuilder(0).clearPoints().addPoints(one())),
        broken("fold 24 of 20", m -> m.getVariantsBuilder(0).getPointsBuilder(3).setFold(24)),
        broken(
            "log_residual 0.5 at batch 1, length 100",
            m -> m.getVariantsBuilder(0).getPointsBuilder(3).setLogResidual(0.5)),
        broken(
            "log_residual",
            m -> m.getVariantsBuilder(0).getPointsBuilder(3).setMedianNanos(1.234e6)),
        broken("weights add to", m -> component(m).setWeight(3)),
        broken("weight -1", m -> component(m).setWeight(-1)),
        broken("unknown form 'spline'", m -> component(m).setForm("spline")),
        broken("without a term", m -> component(m).clearTerms()),
        broken("-5.0 ns", m -> term(m).setNanos(-5)),
        broken("without a kind", m -> term(m).clearKind()),
        broken("predicted_nanos", m -> term(m).setNanos(1e9)),
        broken(
            "twice in a curve",
            m -> {
              CostCurve.Builder curve = m.getVariantsBuilder(0).getCurveBuilder();
              curve.getComponentsBuilder(0).setWeight(curve.getComponents(0).getWeight() / 2);
              curve.addComponents(curve.getComponents(0));
            }),
        broken(
            "borrowed residual of NaN", m -> m.getVariantsBuilder(1).addBorrowedWithin(Double.NaN)),
        broken("residual field", m -> m.getVariantsBuilder(0).getFieldBuilder().clearNoise()),
        broken("weights add to 0", m -> m.getVariantsBuilder(0).clearCurve()));
  }

  private static CostComponent.Builder component(CostModel.Builder model) {
    return model.getVariantsBuilder(0).getCurveBuilder().getComponentsBuilder(0);
  }

  private static LawTerm.Builder term(CostModel.Builder model) {
    return component(model).getTermsBuilder(0);
  }

  private static CostPoint one() {
    return CostPoint.newBuilder().setBatch(1).setLength(1).setMedianNanos(1).setSamples(1).build();
  }

  private static Arguments broken(String says, Consumer<CostModel.Builder> change) {
    return Arguments.of(says, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenModels")
  void refusesAModelThatIsNotAsItWasWritten(String says, Consumer<CostModel.Builder> change) {
    CostModel.Builder changed = MODEL.toBuilder();
    change.accept(changed);

    assertThatThrownBy(() -> FITTER.open(changed.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @Test
  void refusesAModelWhoseFoldsAreMissing() {
    CostModel.Builder changed = MODEL.toBuilder();
    changed.getVariantsBuilder(1).clearFolds();

    assertThatThrownBy(() -> FITTER.open(changed.build())).hasMessageContaining("of 0");
  }

  @Test
  void fitsEachSubjectByItself() {
    List<Measurement> own = new ArrayList<>(measurements().subList(0, 24));

    assertThat(FITTER.open(FITTER.fit(own)).predict(SUBJECT, 1, 110))
        .isEqualTo(FITTER.open(MODEL).predict(SUBJECT, 1, 110));
  }
}
