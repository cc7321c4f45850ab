package io.waip.api.plan;

/**
 * What a plan allows one variant of a service.
 *
 * @param maxShare largest share of the service's dispatched requests that it may take, {@code [0,
 *     1]}, over the last several thousand of them. A variant below the service's quality floor may
 *     serve under a share below 1 alone: the plan answers for the mean quality
 * @param maxBatch largest batch, {@code >= 1}; the variant's own where that is smaller
 */
public record VariantLimit(double maxShare, int maxBatch) {
  /** Nothing besides what the deployment says. */
  public static final VariantLimit NONE = new VariantLimit(1, Integer.MAX_VALUE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public VariantLimit {
    if (!(maxShare >= 0 && maxShare <= 1)) {
      throw new IllegalArgumentException("max_share must be in [0, 1], is " + maxShare);
    }
    if (maxBatch < 1) {
      throw new IllegalArgumentException("max_batch must be >= 1, is " + maxBatch);
    }
  }
}
