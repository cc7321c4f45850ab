package io.waip.cost.online;

import java.util.Arrays;

/**
 * What the predictions of a cost model have to be multiplied by, learned while it serves: to their
 * median, by an {@link OnlineCorrection}, and to a bound that only a given share of executions
 * exceeds, by an {@link AdaptiveConformal} over the residuals that the correction leaves.
 *
 * <p>Single thread; allocates nothing after construction.
 */
public final class CostCalibration {
  private final OnlineCorrection correction;
  private final AdaptiveConformal[] bounds;

  /**
   * Begins with factors of 1 and without bounds.
   *
   * @param variants number of variants, {@code >= 1}; whatever has a cost curve of its own counts
   *     as one, such as a variant on an endpoint
   * @throws IllegalArgumentException if there is none
   */
  public CostCalibration(
      int variants, ShapeGrid grid, CorrectionSettings settings, ConformalSettings conformal) {
    correction = new OnlineCorrection(variants, grid, settings);
    bounds = new AdaptiveConformal[variants];
    Arrays.setAll(bounds, v -> new AdaptiveConformal(grid, conformal));
  }

  /**
   * Learns from an execution.
   *
   * @param predictedNanos median by the model itself, {@code > 0}
   * @param measuredNanos {@code > 0}
   * @throws IllegalArgumentException if one is 0 or not a number; nothing is learned then
   */
  public void executed(
      int variant, int batch, int length, double predictedNanos, double measuredNanos) {
    executed(variant, batch, length, Math.log(measuredNanos / predictedNanos));
  }

  /**
   * Learns from an execution.
   *
   * @param logResidual {@code ln(measured / predicted median)} by the model itself, finite
   * @throws IllegalArgumentException if it is not; nothing is learned then
   */
  public void executed(int variant, int batch, int length, double logResidual) {
    double left = logResidual - correction.logFactor(variant, batch, length);
    bounds[variant].executed(batch, length, left);
    correction.executed(variant, batch, length, logResidual);
  }

  /** Returns the factor on the next predicted median of this shape, {@code > 0}. */
  public double factor(int variant, int batch, int length) {
    return correction.factor(variant, batch, length);
  }

  /** Says whether a variant has a bound: it was executed. */
  public boolean isBounded(int variant) {
    return bounds[variant].isKnown();
  }

  /**
   * Returns the factor from the next predicted median of this shape to its bound, {@code > 0}.
   *
   * @throws ArrayIndexOutOfBoundsException if the variant has none
   */
  public double boundFactor(int variant, int batch, int length) {
    double left = bounds[variant].bound(batch, length);
    return Math.exp(correction.logFactor(variant, batch, length) + left);
  }

  /** Forgets what was learned of a variant: its model was fitted anew. */
  public void clear(int variant) {
    correction.forget(variant);
    bounds[variant].clear();
  }
}
