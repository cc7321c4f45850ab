package io.waip.cli.demo;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.cli.demo.load.TextPool;
import io.waip.onnxruntime.LoadedModels;
import java.util.List;

/**
 * What every arm shares.
 *
 * @param texts with reference embeddings
 * @param both the variants, with the measured quality
 * @param reference the reference variant alone
 * @param curve measured execution times
 * @param model of the curve
 * @param deployment the service with both variants
 * @param capacityRps of the reference variant
 */
record Prepared(
    TextPool texts,
    LoadedModels both,
    LoadedModels reference,
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
    reference.close();
  }
}
