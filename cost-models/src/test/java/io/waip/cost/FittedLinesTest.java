package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;

class FittedLinesTest extends FittedModelContract {
  @Override
  LatencyModel fit(List<CostPoint> points) {
    return LinearLatencyModel.fit(points);
  }
}
