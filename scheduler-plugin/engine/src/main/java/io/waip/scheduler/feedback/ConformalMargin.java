package io.waip.scheduler.feedback;

import java.util.Arrays;

/**
 * The factor that the next execution, over its predicted median, does not exceed but for a given
 * share of executions, whatever their distribution.
 *
 * <p>Split conformal prediction over the last {@code n} ratios of measured to predicted time: the
 * {@code ⌈(n+1)(1-missShare)⌉}-th smallest of them. It exists from {@code n >= 1/missShare - 1} on.
 * V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World", 2005; J. Lei et
 * al., "Distribution-Free Predictive Inference for Regression", JASA, 2018.
 *
 * <p>Written by the engine's thread only; O(window) for each ratio; allocates nothing after
 * construction.
 */
final class ConformalMargin {
  private final double missShare;
  private final double[] latest;
  private final double[] ascending;
  private int size;
  private int oldest;

  /**
   * Starts without a ratio.
   *
   * @param window most ratios kept, {@code >= 1}
   * @param missShare share of executions that may take longer, {@code (0, 1)}
   */
  ConformalMargin(int window, double missShare) {
    this.missShare = missShare;
    latest = new double[window];
    ascending = new double[window];
  }

  /**
   * Takes note of an execution; the oldest one beyond the window is forgotten.
   *
   * @param ratio measured over predicted time, {@code > 0}
   */
  void add(double ratio) {
    if (size == latest.length) {
      remove(latest[oldest]);
    }
    latest[oldest] = ratio;
    oldest = (oldest + 1) % latest.length;
    insert(ratio);
  }

  private void remove(double ratio) {
    int at = Arrays.binarySearch(ascending, 0, size, ratio);
    System.arraycopy(ascending, at + 1, ascending, at, size - at - 1);
    size--;
  }

  private void insert(double ratio) {
    int found = Arrays.binarySearch(ascending, 0, size, ratio);
    int at = found >= 0 ? found : -found - 1;
    System.arraycopy(ascending, at, ascending, at + 1, size - at);
    ascending[at] = ratio;
    size++;
  }

  /** Forgets all ratios: predictions changed. */
  void clear() {
    size = 0;
    oldest = 0;
  }

  /** Says whether there are enough ratios for the share. */
  boolean isKnown() {
    return rank() <= size;
  }

  /**
   * Returns the factor.
   *
   * @throws ArrayIndexOutOfBoundsException if it is not known
   */
  double factor() {
    return ascending[rank() - 1];
  }

  private int rank() {
    return (int) Math.ceil((size + 1) * (1 - missShare));
  }
}
