package io.waip.replay.spec;

import io.waip.api.Durations;
import io.waip.api.deployment.Deployment;
import io.waip.replay.limit.WorkerPool;

/**
 * What serves the requests, and by when.
 *
 * @param sloNanos bound from intended arrival to answer of a request that is not offline, {@code >
 *     0}
 * @param workers identical workers, {@code [1, 64]}
 * @param cost time of a batch
 * @param maxBatch most requests in a batch, {@code [1, 4096]}
 */
public record ServerSpec(long sloNanos, int workers, CostSpec cost, int maxBatch) {
  private static final int MAX_BATCH = 4096;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or one request alone takes longer than the SLO
   */
  public ServerSpec {
    if (sloNanos < 1) {
      throw new IllegalArgumentException("slo must be > 0, is " + sloNanos + " ns");
    }
    if (workers < 1 || workers > Deployment.MAX_ENDPOINTS) {
      throw new IllegalArgumentException(
          "workers must be in [1, %d], is %d".formatted(Deployment.MAX_ENDPOINTS, workers));
    }
    if (maxBatch < 1 || maxBatch > MAX_BATCH) {
      throw new IllegalArgumentException(
          "max_batch must be in [1, %d], is %d".formatted(MAX_BATCH, maxBatch));
    }
    long least = cost.medianNanos(0, 1, 1);
    if (least > sloNanos) {
      throw new IllegalArgumentException(
          "slo %s is below the %s that one request takes; allowed: at least that; remedy: raise the slo or lower the cost"
              .formatted(Durations.format(sloNanos), Durations.format(least)));
    }
  }

  /** Returns the workers and their one variant. */
  public WorkerPool pool() {
    return new WorkerPool(workers, 1, maxBatch);
  }
}
