package io.waip.cost.online;

import io.waip.api.cost.LatencyCorrection;
import java.util.Arrays;

/**
 * Factors by which the predictions of a cost model are off, learned for each variant, batch and
 * length while it serves.
 *
 * <p>The factor of a cell is the exponential of an EWMA of {@code ln(measured / predicted)}, shrunk
 * to those of its batch row, its length column and the whole variant by {@code n / (n + 4)}.
 *
 * <p>Constant time. Single thread; allocates nothing after construction.
 */
public final class OnlineCorrection implements LatencyCorrection {
  private final ShapeGrid grid;
  private final ShrunkTable[] variants;

  /**
   * Begins with factors of 1.
   *
   * @param variants number of variants, {@code >= 1}; whatever has a cost curve of its own counts
   *     as one, such as a variant on an endpoint
   * @throws IllegalArgumentException if there is none
   */
  public OnlineCorrection(int variants, ShapeGrid grid, CorrectionSettings settings) {
    if (variants < 1) {
      throw new IllegalArgumentException("variants must be >= 1, are " + variants);
    }
    this.grid = grid;
    this.variants = new ShrunkTable[variants];
    Arrays.setAll(this.variants, v -> new ShrunkTable(grid.rows(), grid.columns(), settings));
  }

  @Override
  public void executed(int variant, int batch, int length, double logResidual) {
    variants[variant].add(grid.row(batch), grid.column(length), logResidual);
  }

  @Override
  public double logFactor(int variant, int batch, int length) {
    return variants[variant].estimate(grid.row(batch), grid.column(length));
  }

  /** Returns the factor on the next predicted median of this shape, {@code > 0}. */
  public double factor(int variant, int batch, int length) {
    return Math.exp(logFactor(variant, batch, length));
  }

  @Override
  public void forget(int variant) {
    variants[variant].clear();
  }
}
