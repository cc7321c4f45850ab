package io.waip.cost;

/**
 * Execution time of one variant over batch and length: a monotone grid, bilinear inside, linear
 * beyond.
 *
 * <p>Beyond the grid by {@code x} requests and {@code y} elements the time is {@code edge + x *
 * batchSlope(L) + y * lengthSlope(b) + x * y * lengthSlope(bMax) / bMax}, exact for a {@link
 * LinearLaw}. The slopes are non-decreasing in the other axis, so the whole surface is
 * non-decreasing.
 *
 * <p>Nodes are whole nanoseconds and cell sizes whole numbers: the weighted sum of a cell is exact
 * below 2^53, and the one division that follows keeps the order.
 */
final class LatencySurface {
  private final GridAxis batches;
  private final GridAxis lengths;

  /** Nanoseconds at each node, row-major {@code [batch, length]}, non-decreasing in both. */
  private final double[] nodes;

  /** Nanoseconds for each further request, at each length. */
  private final double[] batchSlopes;

  /** Nanoseconds for each further element, at each batch. */
  private final double[] lengthSlopes;

  /**
   * Takes a monotone grid.
   *
   * @param nodes whole nanoseconds {@code >= 1}, row-major {@code [batch, length]}, non-decreasing
   *     along both axes; not copied
   */
  LatencySurface(GridAxis batches, GridAxis lengths, double[] nodes) {
    this.batches = batches;
    this.lengths = lengths;
    this.nodes = nodes;
    batchSlopes = new double[lengths.size()];
    lengthSlopes = new double[batches.size()];
    for (int j = 0; j < lengths.size(); j++) {
      double own = slope(batches, j, lengths.size());
      batchSlopes[j] = j == 0 ? own : Math.max(batchSlopes[j - 1], own);
    }
    for (int i = 0; i < batches.size(); i++) {
      double own = slope(lengths, i * lengths.size(), 1);
      lengthSlopes[i] = i == 0 ? own : Math.max(lengthSlopes[i - 1], own);
    }
  }

  /** Returns the steeper of the last step and the mean over the axis. */
  private double slope(GridAxis axis, int offset, int stride) {
    int last = axis.size() - 1;
    double end = nodes[offset + last * stride];
    if (last == 0) {
      return end / axis.last();
    }
    double step = (end - nodes[offset + (last - 1) * stride]) / axis.width(last - 1);
    double mean = (end - nodes[offset]) / (axis.last() - axis.first());
    return Math.max(step, mean);
  }

  boolean covers(int batch, int length) {
    return batches.clamp(batch) == batch && lengths.clamp(length) == length;
  }

  long nanos(int batch, int length) {
    int b = batches.clamp(batch);
    int l = lengths.clamp(length);
    double inside = inside(b, l);
    if (batch <= b && length <= l) {
      return Nanos.whole(inside);
    }
    return Nanos.whole(inside + beyond(b, l, Math.max(0, batch - b), Math.max(0, length - l)));
  }

  private double inside(int batch, int length) {
    int row = batches.cell(batch);
    int column = lengths.cell(length);
    double below = batch - batches.value(row);
    double left = length - lengths.value(column);
    double height = batches.width(row);
    double width = lengths.width(column);
    int near = row * lengths.size();
    int far = batches.cellEnd(row) * lengths.size();
    int end = lengths.cellEnd(column);
    double nearRow = nodes[near + column] * (width - left) + nodes[near + end] * left;
    double farRow = nodes[far + column] * (width - left) + nodes[far + end] * left;
    return (nearRow * (height - below) + farRow * below) / (height * width);
  }

  private double beyond(int batch, int length, int extraBatch, int extraLength) {
    double steepest = lengthSlopes[batches.size() - 1];
    return extraBatch * along(lengths, batchSlopes, length)
        + extraLength * along(batches, lengthSlopes, batch)
        + (double) extraBatch * extraLength * (steepest / batches.last());
  }

  private static double along(GridAxis axis, double[] slopes, int n) {
    int cell = axis.cell(n);
    double share = (double) (n - axis.value(cell)) / axis.width(cell);
    return slopes[cell] * (1 - share) + slopes[axis.cellEnd(cell)] * share;
  }
}
