package io.waip.cost;

import io.waip.api.cost.LatencyModelFactory;

class LinearLatencyModelFactoryTest extends FactoryContract {
  @Override
  LatencyModelFactory factory() {
    return new LinearLatencyModelFactory();
  }
}
