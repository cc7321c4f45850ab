package io.waip.cli.demo;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.cli.demo.load.TextPool;
import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.SlotModel;
import java.util.List;
import java.util.Map;

/**
 * What every arm shares.
 *
 * @param texts with reference embeddings
 * @param both the variants, with the measured quality
 * @param direct the same models for direct mode, by variant name
 * @param curve measured execution times
 * @param model of the curve
 * @param deployment the service with both variants
 * @param capacityRps of the reference variant
 */
record Prepared(
    TextPool texts,
    LoadedModels both,
    Map<String, SlotModel> direct,
    Calibration calibration,
    List<CostPoint> curve,
    LatencyModel model,
    Deployment deployment,
    double capacityRps)
    implements AutoCloseable {
  /** Says whether the quantized variant reaches the quality floor. */
  boolean isQuantizedAllowed() {
    return calibration.quality() >= Preparation.QUALITY_FLOOR;
  }

  @Override
  public void close() {
    both.close();
    direct.values().forEach(SlotModel::close);
  }
}
