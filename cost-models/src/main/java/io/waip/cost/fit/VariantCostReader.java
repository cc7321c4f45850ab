package io.waip.cost.fit;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostComponent;
import io.waip.api.v1.CostCurve;
import io.waip.api.v1.CostPoint;
import io.waip.api.v1.VariantCost;
import io.waip.cost.shape.PooledShape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Reads fitted subjects from messages. The residual field of each curve follows from its law and
 * the points; predictions and log residuals of the points follow from the curves and must be those
 * written.
 */
public final class VariantCostReader {
  /** Residuals further apart than this, in log units, are not of these curves and points. */
  private static final double SAME = 1e-6;

  private final VariantCost message;
  private final Subject subject;
  private final List<FormDesign> designs;
  private final int[] foldOf;

  private VariantCostReader(VariantCost message) {
    this.message = message;
    subject =
        new Subject(
            message.getVariant(),
            phase(message.getPhase()),
            message.getDevice(),
            message.getTensorParallel(),
            message.getThreads());
    List<PooledShape> shapes = message.getPointsList().stream().map(this::shape).toList();
    require(shapes.size() >= 2, "has fewer than 2 points");
    designs = SubjectFit.designs(subject, field(message.getField()), shapes);
    foldOf = message.getPointsList().stream().mapToInt(CostPoint::getFold).toArray();
  }

  /**
   * Returns the subject of a message.
   *
   * @throws IllegalArgumentException if a part is missing or out of range, or the residuals are not
   *     those of the curves; the message names variant and part
   */
  public static FittedSubject subject(VariantCost message) {
    return new VariantCostReader(message).subject();
  }

  private FittedSubject subject() {
    int folds = message.getFoldsCount();
    for (int fold : foldOf) {
      require(fold >= 0 && fold < folds, "has a point of fold %d of %d".formatted(fold, folds));
    }
    List<Curve> curves = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      curves.add(curve(message.getFolds(fold), SubjectFit.held(foldOf, fold)));
    }
    Curve whole = curve(message.getCurve(), new int[0]);
    FittedSubject fit = FittedSubject.of(subject, designs, whole, new CrossFit(curves, foldOf));
    requireResiduals(fit.logResiduals());
    message.getPointsList().forEach(point -> requirePrediction(fit, point));
    return fit.borrowing(
        new BorrowedResiduals(
            finite(message.getBorrowedWithinList()), finite(message.getBorrowedBeyondList())));
  }

  private double[] finite(List<Double> residuals) {
    for (double residual : residuals) {
      require(Double.isFinite(residual), "has a borrowed residual of " + residual);
    }
    return residuals.stream().mapToDouble(r -> r).toArray();
  }

  private void requirePrediction(FittedSubject fit, CostPoint point) {
    double nanos = fit.predict(point.getBatch(), point.getLength()).medianNanos();
    require(
        Math.abs(Math.log(nanos / point.getPredictedNanos())) <= SAME,
        "has predicted_nanos %s at batch %d, length %d, where its curve and points give %s"
            .formatted(point.getPredictedNanos(), point.getBatch(), point.getLength(), nanos));
  }

  private void requireResiduals(double[] residuals) {
    for (int row = 0; row < residuals.length; row++) {
      CostPoint point = message.getPoints(row);
      require(
          Math.abs(residuals[row] - point.getLogResidual()) <= SAME,
          "has log_residual %s at batch %d, length %d, where its curves and points give %s"
              .formatted(
                  point.getLogResidual(), point.getBatch(), point.getLength(), residuals[row]));
    }
  }

  private Curve curve(CostCurve curve, int[] held) {
    require(held.length < foldOf.length, "has all points in one fold");
    double[] weights = new double[designs.size()];
    List<Component> components = new ArrayList<>();
    for (FormDesign design : designs) {
      components.add(
          new Component(new double[design.form().terms().size()], new double[foldOf.length]));
    }
    double sum = 0;
    for (CostComponent component : curve.getComponentsList()) {
      int f = form(component.getForm());
      require(weights[f] == 0, "has the form '" + component.getForm() + "' twice in a curve");
      weights[f] = component.getWeight();
      sum += weights[f];
      require(weights[f] > 0, "has a component of weight " + weights[f]);
      double[] coefficients = coefficients(component, designs.get(f).form());
      components.set(f, ComponentFit.restore(designs.get(f), held, coefficients));
    }
    require(Math.abs(sum - 1) <= SAME, "has a curve whose weights add to " + sum);
    return new Curve(weights, components);
  }

  private int form(String name) {
    return IntStream.range(0, designs.size())
        .filter(f -> designs.get(f).form().name().equals(name))
        .findFirst()
        .orElseThrow(() -> wrong("has a component of the unknown form '" + name + "'"));
  }

  private double[] coefficients(CostComponent component, LawForm form) {
    double[] coefficients = new double[form.terms().size()];
    for (io.waip.api.v1.LawTerm written : component.getTermsList()) {
      int j = form.terms().indexOf(term(written));
      double nanos = written.getNanos();
      require(j >= 0, "has a term that the form '" + form.name() + "' does not have");
      require(nanos > 0 && nanos < Double.POSITIVE_INFINITY, "has a term of " + nanos + " ns");
      coefficients[j] = nanos;
    }
    require(component.getTermsCount() > 0, "has a component without a term");
    return coefficients;
  }

  private LawTerm term(io.waip.api.v1.LawTerm written) {
    for (LawTerm.Kind kind : LawTerm.Kind.values()) {
      if (kind.name().equals(written.getKind().name())) {
        return new LawTerm(kind, written.getPeriod(), written.getRidge());
      }
    }
    throw wrong("has a term without a kind");
  }

  private PooledShape shape(CostPoint point) {
    String source = point.getSourcesCount() == 0 ? "no source" : point.getSources(0);
    OptionalDouble p99 =
        point.getP99Nanos() > 0 ? OptionalDouble.of(point.getP99Nanos()) : OptionalDouble.empty();
    Measurement pooled =
        new Measurement(
            subject,
            point.getBatch(),
            point.getLength(),
            point.getMedianNanos(),
            p99,
            point.getSamples(),
            new Source(source, 0));
    return new PooledShape(pooled.batch(), pooled.length(), pooled.medianNanos(), List.of(pooled));
  }

  private static ResidualField field(io.waip.api.v1.ResidualField field) {
    return new ResidualField(
        field.getTokenDeviation(), field.getShapeDeviation(), field.getRange(), field.getNoise());
  }

  private static Phase phase(String name) {
    for (Phase phase : Phase.values()) {
      if (phase.name().equals(name)) {
        return phase;
      }
    }
    throw new IllegalArgumentException(
        "a variant has the phase '%s'; allowed: %s".formatted(name, List.of(Phase.values())));
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw wrong(otherwise);
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("variant '%s' %s".formatted(message.getVariant(), what));
  }
}
