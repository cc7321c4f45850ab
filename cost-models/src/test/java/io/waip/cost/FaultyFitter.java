package io.waip.cost;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Measurement;
import io.waip.api.v1.CostModel;
import java.util.List;

/** A sound fitter, judged from outside; each fault overrides one method of it. */
class FaultyFitter implements CostModelFitter {
  final RooflineFitter sound = new RooflineFitter();

  @Override
  public String name() {
    return sound.name();
  }

  @Override
  public CostModel fit(List<Measurement> measurements) {
    return sound.fit(measurements);
  }

  @Override
  public LatencyPredictor open(CostModel model) {
    return sound.open(model);
  }
}
