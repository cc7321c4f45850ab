package io.waip.replay.limit;

import io.waip.api.cost.LatencyModel;

/** Time one batch takes on one worker. */
@FunctionalInterface
public interface BatchCost {
  /**
   * Returns the execution time of a batch.
   *
   * @param variant index in {@code [0, variants)}
   * @param batch number of requests, {@code >= 1}
   * @param length length every request is padded to, {@code >= 1}
   * @return nanoseconds {@code > 0}; infinite where the variant cannot run such a batch
   */
  double nanos(int variant, int batch, int length);

  /** Returns the medians of a model as costs; a shape it does not know cannot run. */
  static BatchCost of(LatencyModel model) {
    return (variant, batch, length) -> {
      long nanos = model.medianNanos(variant, batch, length);
      return nanos == LatencyModel.UNKNOWN_NANOS ? Double.POSITIVE_INFINITY : nanos;
    };
  }
}
