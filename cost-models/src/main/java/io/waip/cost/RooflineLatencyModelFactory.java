package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyModelFactory;
import java.util.List;

/** Fits a {@link RooflineLatencyModel}; found as {@code roofline}. Stateless; any thread. */
public final class RooflineLatencyModelFactory implements LatencyModelFactory {
  /** Name users choose it by. */
  public static final String NAME = "roofline";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatencyModel fit(List<CostPoint> points) {
    return RooflineLatencyModel.fit(points);
  }
}
