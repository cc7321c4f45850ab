package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyModelFactory;
import java.util.List;

/** Fits a {@link GridLatencyModel}; found as {@code grid}. Stateless; any thread. */
public final class GridLatencyModelFactory implements LatencyModelFactory {
  /** Name users choose it by. */
  public static final String NAME = "grid";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatencyModel fit(List<CostPoint> points) {
    return GridLatencyModel.fit(points);
  }
}
