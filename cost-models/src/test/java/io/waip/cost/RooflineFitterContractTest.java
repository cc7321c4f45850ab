package io.waip.cost;

import io.waip.api.contract.CostModelFitterContract;
import io.waip.api.cost.CostModelFitter;

class RooflineFitterContractTest extends CostModelFitterContract {
  @Override
  protected CostModelFitter create() {
    return new RooflineFitter();
  }
}
