package io.waip.cli.demo.load;

import java.util.Arrays;

/** Quantiles of a sample by the nearest rank. */
public final class Quantiles {
  private final long[] sorted;

  private Quantiles(long[] sorted) {
    this.sorted = sorted;
  }

  /** Copies and sorts a sample. */
  public static Quantiles of(long[] sample) {
    long[] sorted = sample.clone();
    Arrays.sort(sorted);
    return new Quantiles(sorted);
  }

  /**
   * Returns the value that a share {@code q} of the sample does not exceed, times {@code 1e-6}: for
   * nanoseconds, milliseconds. 0 for an empty sample.
   *
   * @param q in {@code (0, 1]}
   */
  public double millis(double q) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(q * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
