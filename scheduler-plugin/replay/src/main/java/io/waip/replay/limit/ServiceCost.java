package io.waip.replay.limit;

/**
 * What batches of one service take on one class of devices.
 *
 * @param cost time of a batch
 * @param variants number of variants that may serve any request there, {@code >= 1}
 * @param maxBatch most requests in a batch, {@code >= 1}
 */
public record ServiceCost(BatchCost cost, int variants, int maxBatch) {
  /** The cost where a service does not run at all. */
  public static final ServiceCost NOWHERE =
      new ServiceCost((variant, batch, length) -> Double.POSITIVE_INFINITY, 1, 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if variants or the largest batch are below 1
   */
  public ServiceCost {
    if (variants < 1 || maxBatch < 1) {
      throw new IllegalArgumentException(
          "variants and max_batch must be >= 1, are %d, %d".formatted(variants, maxBatch));
    }
  }

  /**
   * Returns the same on devices of another speed.
   *
   * @param speed batches per time over those here, finite and {@code > 0}
   * @throws IllegalArgumentException if it is none
   */
  public ServiceCost atSpeed(double speed) {
    if (!(speed > 0) || speed == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("speed must be finite and > 0, is " + speed);
    }
    BatchCost here = cost;
    return new ServiceCost(
        (variant, batch, length) -> here.nanos(variant, batch, length) / speed, variants, maxBatch);
  }
}
