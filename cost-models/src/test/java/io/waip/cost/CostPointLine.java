package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.cost.shape.PooledShape;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The {@link LinearLatencyModel} of pooled shapes. */
public final class CostPointLine {
  private CostPointLine() {}

  /** Fits a straight line; the answer is in nanoseconds. */
  public static ToDoubleFunction<PooledShape> through(List<PooledShape> shapes) {
    LinearLatencyModel line =
        LinearLatencyModel.fit(
            shapes.stream()
                .map(s -> new CostPoint(0, s.batch(), s.length(), s.nanos(), (int) s.samples()))
                .toList());
    return shape -> line.medianNanos(0, shape.batch(), shape.length());
  }
}
