package io.waip.cost;

import io.waip.api.cost.LatencyModelFactory;

class RooflineLatencyModelFactoryTest extends FactoryContract {
  @Override
  LatencyModelFactory factory() {
    return new RooflineLatencyModelFactory();
  }
}
