package io.waip.replay;

/**
 * What the workers and the queue of a run did over the window, in {@value #STEPS} equal steps.
 *
 * <p>Batch sizes and queue depths lie in bins, so that the size does not depend on that of the run.
 * What happens after the window is left out. Immutable.
 */
public final class Timeline {
  /** Steps of the window. */
  public static final int STEPS = 48;

  /** Bins of the depth of the queue: 0, 1, 2 to 3, 4 to 7 and so on. */
  public static final int DEPTH_BINS = Integer.SIZE;

  private static final int MOST_SIZE_BINS = 16;

  private final long windowNanos;
  private final int maxBatch;
  private final double[][] workerShares;
  private final double[][] queueShares;

  /**
   * Copies nothing: the grids belong to this now.
   *
   * @param workerShares by step and size bin
   * @param queueShares by step and depth bin
   */
  Timeline(long windowNanos, int maxBatch, double[][] workerShares, double[][] queueShares) {
    this.windowNanos = windowNanos;
    this.maxBatch = maxBatch;
    this.workerShares = workerShares;
    this.queueShares = queueShares;
  }

  /** Returns the length of the window, nanoseconds. */
  public long windowNanos() {
    return windowNanos;
  }

  /** Returns the number of bins of batch sizes, {@code [1, 16]}. */
  public int sizeBins() {
    return sizeBin(maxBatch, maxBatch) + 1;
  }

  /** Returns the smallest batch of a bin, requests. */
  public int leastSize(int bin) {
    return bin * sizesPerBin(maxBatch) + 1;
  }

  /** Returns the largest batch of a bin, requests. */
  public int mostSize(int bin) {
    return Math.min(maxBatch, (bin + 1) * sizesPerBin(maxBatch));
  }

  /**
   * Returns how much of all workers' time in a step went to batches of these sizes, {@code [0, 1]};
   * the rest to 1 of a step was idle.
   */
  public double workerShare(int step, int sizeBin) {
    return workerShares[step][sizeBin];
  }

  /** Returns the fewest waiting requests of a bin. */
  public static int leastDepth(int bin) {
    return bin == 0 ? 0 : 1 << (bin - 1);
  }

  /** Returns the bin of the deepest queue seen. */
  public int deepestBin() {
    int deepest = 0;
    for (double[] step : queueShares) {
      for (int bin = 0; bin < step.length; bin++) {
        deepest = step[bin] > 0 ? Math.max(deepest, bin) : deepest;
      }
    }
    return deepest;
  }

  /**
   * Returns the share of a step during which so many requests waited, {@code [0, 1]}; the shares of
   * a step add up to 1.
   */
  public double queueShare(int step, int depthBin) {
    return queueShares[step][depthBin];
  }

  static int sizeBin(int size, int maxBatch) {
    return (size - 1) / sizesPerBin(maxBatch);
  }

  private static int sizesPerBin(int maxBatch) {
    return (maxBatch + MOST_SIZE_BINS - 1) / MOST_SIZE_BINS;
  }

  static int depthBin(int waiting) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(waiting);
  }
}
