package io.waip.cost.fit;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostComponent;
import io.waip.api.v1.CostCurve;
import io.waip.api.v1.CostPoint;
import io.waip.api.v1.VariantCost;
import io.waip.cost.shape.PooledShape;
import java.util.List;

/** Writes fitted subjects as messages. */
public final class VariantCostWriter {
  private VariantCostWriter() {}

  /**
   * Returns the message of a subject.
   *
   * @param setAside shapes that took no part
   */
  public static VariantCost message(FittedSubject fit, List<PooledShape> setAside) {
    Subject subject = fit.subject();
    VariantCost.Builder message =
        VariantCost.newBuilder()
            .setVariant(subject.variant())
            .setPhase(subject.phase().name())
            .setDevice(subject.device())
            .setTensorParallel(subject.tensorParallel())
            .setThreads(subject.threads())
            .setCurve(curve(fit.curve(), fit.designs()))
            .setField(field(fit.designs().getFirst().field()));
    double[] residuals = fit.logResiduals();
    for (int row = 0; row < residuals.length; row++) {
      message.addPoints(
          point(fit.shapes().get(row))
              .setFold(fit.cross().foldOf(row))
              .setPredictedNanos(predicted(fit, fit.shapes().get(row)))
              .setLogResidual(residuals[row]));
    }
    setAside.forEach(shape -> message.addSetAside(point(shape)));
    fit.cross().folds().forEach(fold -> message.addFolds(curve(fold, fit.designs())));
    for (double residual : fit.borrowed().within()) {
      message.addBorrowedWithin(residual);
    }
    for (double residual : fit.borrowed().beyond()) {
      message.addBorrowedBeyond(residual);
    }
    return message.build();
  }

  private static double predicted(FittedSubject fit, PooledShape at) {
    return fit.predict(at.batch(), at.length()).medianNanos();
  }

  private static CostPoint.Builder point(PooledShape shape) {
    return CostPoint.newBuilder()
        .setBatch(shape.batch())
        .setLength(shape.length())
        .setMedianNanos(shape.nanos())
        .setP99Nanos(shape.p99Nanos().orElse(0))
        .setSamples(shape.samples())
        .addAllSources(
            shape.repeats().stream().map(Measurement::source).map(Source::toString).toList());
  }

  private static CostCurve curve(Curve curve, List<FormDesign> designs) {
    CostCurve.Builder message = CostCurve.newBuilder();
    for (int f = 0; f < designs.size(); f++) {
      if (curve.weight(f) > 0) {
        message.addComponents(component(curve, f, designs.get(f).form()));
      }
    }
    return message.build();
  }

  private static CostComponent component(Curve curve, int f, LawForm form) {
    CostComponent.Builder message =
        CostComponent.newBuilder().setWeight(curve.weight(f)).setForm(form.name());
    double[] coefficients = curve.component(f).coefficients();
    for (int j = 0; j < coefficients.length; j++) {
      if (coefficients[j] > 0) {
        message.addTerms(term(form.terms().get(j), coefficients[j]));
      }
    }
    return message.build();
  }

  private static io.waip.api.v1.LawTerm term(LawTerm term, double nanos) {
    return io.waip.api.v1.LawTerm.newBuilder()
        .setKind(io.waip.api.v1.LawTerm.Kind.valueOf(term.kind().name()))
        .setPeriod(term.period())
        .setRidge(term.ridge())
        .setNanos(nanos)
        .build();
  }

  private static io.waip.api.v1.ResidualField field(ResidualField field) {
    return io.waip.api.v1.ResidualField.newBuilder()
        .setTokenDeviation(field.tokenDeviation())
        .setShapeDeviation(field.shapeDeviation())
        .setRange(field.range())
        .setNoise(field.noise())
        .build();
  }
}
