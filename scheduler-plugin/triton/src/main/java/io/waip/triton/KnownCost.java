package io.waip.triton;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Subject;
import io.waip.onnxruntime.CostProfiler;
import java.util.ArrayList;
import java.util.List;

/**
 * Execution times of one variant as a cost model predicts them: a monotone table at four steps to
 * each doubling of batch and length, linear between them. Immutable; any thread; a look-up
 * allocates nothing.
 */
public final class KnownCost {
  private final LatencyModel table;

  private KnownCost(LatencyModel table) {
    this.table = table;
  }

  /** Asks a model about requests whose lengths the front reads; takes some milliseconds. */
  public static KnownCost of(LatencyPredictor predictor, Subject subject) {
    List<CostPoint> points = new ArrayList<>();
    for (int length : ShapeSteps.upTo(PlannerCore.MAX_LENGTH)) {
      add(points, length, predictor, new Asked(subject, length));
    }
    return new KnownCost(CostProfiler.modelOf(points));
  }

  /**
   * Asks a model about requests that all have one length, which the front does not read.
   *
   * @param soleLength as the model knows it, {@code >= 1}
   */
  public static KnownCost of(LatencyPredictor predictor, Subject subject, int soleLength) {
    List<CostPoint> points = new ArrayList<>();
    add(points, 1, predictor, new Asked(subject, soleLength));
    return new KnownCost(CostProfiler.modelOf(points));
  }

  private record Asked(Subject subject, int length) {}

  private static void add(
      List<CostPoint> points, int length, LatencyPredictor predictor, Asked asked) {
    for (int batch : ShapeSteps.upTo(Shape.MAX_BATCH)) {
      double nanos = predictor.predict(asked.subject(), batch, asked.length()).medianNanos();
      points.add(new CostPoint(0, batch, length, Math.max(1, nanos), 1));
    }
  }

  /** Returns the predicted median of a batch, nanoseconds {@code > 0}. */
  public long medianNanos(int batch, int length) {
    return table.medianNanos(0, batch, length);
  }
}
