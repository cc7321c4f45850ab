package io.waip.cost.fit;

import io.waip.api.measurement.Subject;
import io.waip.cost.shape.PooledShape;
import java.util.List;

/** The curve of a subject alone, without what bounds need. Immutable; any thread. */
public final class FittedCurve {
  private final List<FormDesign> designs;
  private final Curve curve;

  private FittedCurve(List<FormDesign> designs, Curve curve) {
    this.designs = designs;
    this.curve = curve;
  }

  /**
   * Fits a curve.
   *
   * @param shapes at least one, each once
   */
  public static FittedCurve of(Subject subject, List<PooledShape> shapes) {
    List<FormDesign> designs = SubjectFit.designs(subject, shapes);
    return new FittedCurve(
        designs, Curve.fit(designs, new int[0], RidgePoint.of(subject.device())));
  }

  /**
   * Returns the predicted time, nanoseconds {@code > 0}.
   *
   * @param batch number of requests, {@code >= 1}
   * @param length as the subject's phase says, {@code >= 1}
   */
  public double nanos(int batch, int length) {
    return Math.exp(curve.logNanos(designs, batch, length));
  }
}
