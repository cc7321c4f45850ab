package io.waip.scheduler.plan;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Variant;

/**
 * Predicted execution times of one variant, dense over batch size and length cell.
 *
 * <p>A cell is a span of lengths, at most {@value #MAX_CELLS} of them; a length is rounded up to
 * its cell's end. Times are the model's median times the plan's margin. Immutable.
 */
public final class VariantTable {
  static final int MAX_CELLS = 512;

  private final double quality;
  private final int maxBatch;
  private final int maxLength;
  private final int cellWidth;
  private final int cells;
  private final long[] nanos;
  private final double[] efficientNanos;
  private final double margin;
  private final long longestNanos;

  /**
   * What the predictions rest on.
   *
   * @param margin from a median to the planning quantile, {@code >= 1}
   * @param latencyNanos objective of the service
   */
  record Costing(LatencyModel model, double margin, long latencyNanos) {}

  VariantTable(int index, Variant variant, int longestLength, Costing costing) {
    quality = variant.quality();
    maxBatch = variant.maxBatch();
    maxLength = variant.maxLength();
    cellWidth = (longestLength + MAX_CELLS - 1) / MAX_CELLS;
    cells = (longestLength + cellWidth - 1) / cellWidth;
    margin = costing.margin();
    nanos = new long[maxBatch * cells];
    efficientNanos = new double[cells];
    for (int b = 1; b <= maxBatch; b++) {
      for (int cell = 0; cell < cells; cell++) {
        int end = Math.min((cell + 1) * cellWidth, longestLength);
        nanos[at(b, cell)] = predict(index, variant, costing.model(), b, end);
      }
    }
    long longest = 0;
    for (int cell = 0; cell < cells; cell++) {
      int b = efficientBatch(cell, costing.latencyNanos());
      efficientNanos[cell] = (double) nanos[at(b, cell)] / b;
      longest = Math.max(longest, nanos[at(b, cell)]);
    }
    longestNanos = longest;
  }

  private long predict(int index, Variant variant, LatencyModel model, int batch, int length) {
    long median = model.medianNanos(index, batch, length);
    if (median == LatencyModel.UNKNOWN_NANOS) {
      throw new IllegalArgumentException(
          "the cost model knows nothing of variant '%s' at batch %d, length %d"
              .formatted(variant.model(), batch, length));
    }
    return Math.max(1, Math.round(median * margin));
  }

  private int efficientBatch(int cell, long latencyNanos) {
    int best = 1;
    for (int b = 2; b <= maxBatch && nanos[at(b, cell)] <= latencyNanos; b++) {
      if (nanos[at(b, cell)] * (double) best <= nanos[at(best, cell)] * (double) b) {
        best = b;
      }
    }
    return best;
  }

  private int at(int batch, int cell) {
    return (batch - 1) * cells + cell;
  }

  /** Returns the cell of a length in {@code [1, longest length of the service]}. */
  public int cell(int length) {
    return (length - 1) / cellWidth;
  }

  /** Returns the predicted time of a batch, nanoseconds, before online correction. */
  public long nanos(int batch, int cell) {
    return nanos[at(batch, cell)];
  }

  /** Returns the predicted time per request at the most efficient batch, nanoseconds. */
  public double efficientNanos(int cell) {
    return efficientNanos[cell];
  }

  /**
   * Returns the mean, over batches, of the logarithm of another table's median over this one's, at
   * the middle length; 0 where the model did not change. Both are of one variant.
   */
  public double logRatio(VariantTable other) {
    double sum = 0;
    for (int b = 1; b <= maxBatch; b++) {
      long before = other.nanos(b, cells / 2);
      long after = nanos(b, cells / 2);
      sum += before == after ? 0 : Math.log(before / other.margin * margin / after);
    }
    return sum / maxBatch;
  }

  /**
   * Returns how much faster this serves than another variant of the service: the mean over lengths
   * of the other's time per request at the most efficient batch over this one's.
   */
  double paceOver(VariantTable other) {
    double sum = 0;
    for (int cell = 0; cell < cells; cell++) {
      sum += other.efficientNanos[cell] / efficientNanos[cell];
    }
    return sum / cells;
  }

  /** Returns the longest of the most efficient batches, nanoseconds. */
  long longestNanos() {
    return longestNanos;
  }

  /** Returns the factor between median and planning quantile, {@code >= 1}. */
  public double margin() {
    return margin;
  }

  /** Returns the agreement with the reference, {@code [0, 1]}. */
  public double quality() {
    return quality;
  }

  /** Returns the largest batch. */
  public int maxBatch() {
    return maxBatch;
  }

  /** Returns the longest input. */
  public int maxLength() {
    return maxLength;
  }
}
