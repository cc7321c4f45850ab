package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyModelFactory;
import java.util.List;

/** Fits a {@link LinearLatencyModel}; found as {@code linear}. Stateless; any thread. */
public final class LinearLatencyModelFactory implements LatencyModelFactory {
  /** Name users choose it by. */
  public static final String NAME = "linear";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatencyModel fit(List<CostPoint> points) {
    return LinearLatencyModel.fit(points);
  }
}
