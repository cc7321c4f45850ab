package io.waip.scheduler.plan;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Variant;

/**
 * Predicted execution times of one variant, dense over batch size and length cell.
 *
 * <p>A length is rounded up to the end of its {@linkplain LengthCells cell}. Times are the model's
 * median times the plan's margin. Immutable.
 */
public final class VariantTable {
  private final double quality;
  private final int maxBatch;
  private final int predictedBatches;
  private final int maxLength;
  private final LengthCells lengths;
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
   * @param maxBatch largest batch that the plan allows
   */
  record Costing(LatencyModel model, double margin, long latencyNanos, int maxBatch) {
    Costing upTo(int batch) {
      return new Costing(model, margin, latencyNanos, batch);
    }
  }

  VariantTable(int index, Variant variant, LengthCells lengths, Costing costing) {
    quality = variant.quality();
    maxBatch = Math.min(variant.maxBatch(), costing.maxBatch());
    predictedBatches = variant.maxBatch();
    maxLength = variant.maxLength();
    this.lengths = lengths;
    cells = lengths.count();
    margin = costing.margin();
    nanos = new long[predictedBatches * cells];
    efficientNanos = new double[cells];
    for (int b = 1; b <= predictedBatches; b++) {
      for (int cell = 0; cell < cells; cell++) {
        nanos[at(b, cell)] = predict(index, variant, costing.model(), b, lengths.end(cell));
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
    return lengths.cell(length);
  }

  /** Says whether batches are padded to this length and no further. */
  public boolean isShape(int length) {
    return lengths.padded(length) == length;
  }

  /**
   * Returns the predicted time of a batch, nanoseconds, before online correction.
   *
   * @param batch at most the largest of the variant, also where the plan allows less now
   */
  public long nanos(int batch, int cell) {
    return nanos[at(batch, cell)];
  }

  /** Returns the predicted time per request at the most efficient batch, nanoseconds. */
  public double efficientNanos(int cell) {
    return efficientNanos[cell];
  }

  /**
   * Returns the mean, over batches, of the logarithm of another table's median over this one's, at
   * the middle length, or at the longest where the bucket edges moved the middle; 0 where the model
   * did not change. Both are of one variant.
   */
  public double logRatio(VariantTable other) {
    boolean sameMiddle = lengths.end(cells / 2) == other.lengths.end(other.cells / 2);
    int cell = sameMiddle ? cells / 2 : cells - 1;
    int otherCell = sameMiddle ? other.cells / 2 : other.cells - 1;
    double sum = 0;
    for (int b = 1; b <= predictedBatches; b++) {
      long before = other.nanos(b, otherCell);
      long after = nanos(b, cell);
      sum += before == after ? 0 : Math.log(before / other.margin * margin / after);
    }
    return sum / predictedBatches;
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

  /** Returns the largest batch that variant and plan allow. */
  public int maxBatch() {
    return maxBatch;
  }

  /** Returns the longest input. */
  public int maxLength() {
    return maxLength;
  }
}
