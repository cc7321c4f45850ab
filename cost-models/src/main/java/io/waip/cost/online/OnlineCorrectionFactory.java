package io.waip.cost.online;

import io.waip.api.cost.CorrectionScope;
import io.waip.api.cost.LatencyCorrection;
import io.waip.api.cost.LatencyCorrectionFactory;

/**
 * Makes an {@link OnlineCorrection} with default settings; found as {@code shrunk}. Stateless; any
 * thread.
 */
public final class OnlineCorrectionFactory implements LatencyCorrectionFactory {
  /** Name users choose it by. */
  public static final String NAME = "shrunk";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LatencyCorrection open(CorrectionScope scope) {
    return new OnlineCorrection(
        scope.variants(),
        new ShapeGrid(scope.maxBatch(), scope.maxLength()),
        CorrectionSettings.DEFAULT);
  }
}
