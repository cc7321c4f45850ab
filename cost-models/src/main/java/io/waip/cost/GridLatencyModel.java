package io.waip.cost;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A monotone grid of measured times for each variant, with bilinear interpolation between them.
 *
 * <p><b>Envelope:</b> a shape is given the largest time measured at any shape no larger in batch
 * and length. Points are medians of repeated runs, so a dip is mostly real (a batch that fills a
 * tile of the hardware); pooling it with its neighbours, as isotonic regression does, would predict
 * less than was measured at the smaller shape, and a deadline would be missed there.
 *
 * <p><b>Outside the grid</b> the answer is an extrapolation, not a measurement. Below the smallest
 * measured batch or length it is the time at that edge. Above the largest it grows linearly, by the
 * steeper of the last step and the mean over the axis, and proportionally where an axis has one
 * value only; it is never below the envelope. Work quadratic in length outgrows it: measure up to
 * the variant's longest input.
 *
 * <p><b>Gaps:</b> a combination of a measured batch and a measured length that was not itself
 * measured takes the {@linkplain LinearLatencyModel linear fit}, corrected by the residuals of its
 * row and column, within the bounds its measured neighbours set.
 *
 * <p>Immutable; any thread. A prediction takes constant time and allocates nothing.
 */
public final class GridLatencyModel implements LatencyModel {
  private final @Nullable LatencySurface[] surfaces;

  private GridLatencyModel(@Nullable LatencySurface[] surfaces) {
    this.surfaces = surfaces;
  }

  /**
   * Builds the grid of each variant. Points of one shape are merged into their mean, weighted by
   * samples.
   *
   * @throws IllegalArgumentException if there is no point
   */
  public static GridLatencyModel fit(List<CostPoint> points) {
    NavigableMap<Integer, List<CostPoint>> sorted = PointTable.byVariant(points);
    @Nullable LatencySurface[] surfaces = new LatencySurface[sorted.lastKey() + 1];
    sorted.forEach((variant, own) -> surfaces[variant] = new SurfaceFit(own).surface());
    return new GridLatencyModel(surfaces);
  }

  /**
   * Says whether a shape lies within the measured range of both axes; elsewhere the answer of
   * {@link #medianNanos} is extrapolated or unknown.
   */
  public boolean covers(int variant, int batch, int length) {
    LatencySurface surface = surface(variant);
    return surface != null && surface.covers(batch, length);
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    LatencySurface surface = surface(variant);
    return surface == null ? UNKNOWN_NANOS : surface.nanos(batch, length);
  }

  private @Nullable LatencySurface surface(int variant) {
    return variant >= 0 && variant < surfaces.length ? surfaces[variant] : null;
  }
}
