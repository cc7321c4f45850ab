package io.waip.cost;

import io.waip.api.cost.LatencyModelFactory;

class GridLatencyModelFactoryTest extends FactoryContract {
  @Override
  LatencyModelFactory factory() {
    return new GridLatencyModelFactory();
  }
}
