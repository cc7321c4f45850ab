package io.waip.replay.limit;

/**
 * Identical workers that each run one batch at a time, on any variant.
 *
 * @param workers {@code >= 1}
 * @param variants number of variants that may serve any request, {@code >= 1}
 * @param maxBatch most requests in a batch, {@code >= 1}
 */
public record WorkerPool(int workers, int variants, int maxBatch) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a part is below 1
   */
  public WorkerPool {
    if (workers < 1 || variants < 1 || maxBatch < 1) {
      throw new IllegalArgumentException(
          "workers, variants and max_batch must be >= 1, are %d, %d, %d"
              .formatted(workers, variants, maxBatch));
    }
  }
}
