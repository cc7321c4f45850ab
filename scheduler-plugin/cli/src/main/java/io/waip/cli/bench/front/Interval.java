package io.waip.cli.bench.front;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A median with its bootstrap 95 % interval.
 *
 * @param median of the sample
 * @param low and {@code high}: the 2.5th and 97.5th percentiles of the medians of resamples
 */
record Interval(double median, double low, double high) {
  /** Resamples drawn; the interval's ends then move by about a hundredth of its width. */
  private static final int RESAMPLES = 2000;

  private static final double TAIL = 0.025;

  /**
   * The percentile bootstrap (B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, ch.
   * 13) of the median. Resamples are drawn from the whole sample with replacement.
   *
   * @throws IllegalArgumentException if the sample is empty
   */
  static Interval ofMedian(double[] sample, long seed) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("a median needs at least one value");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    SplittableRandom random = new SplittableRandom(seed);
    double[] medians = new double[RESAMPLES];
    int[] counts = new int[sorted.length];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.fill(counts, 0);
      for (int j = 0; j < sorted.length; j++) {
        counts[random.nextInt(sorted.length)]++;
      }
      medians[i] = median(sorted, counts);
    }
    Arrays.sort(medians);
    return new Interval(median(sorted), medians[rank(TAIL)], medians[rank(1 - TAIL)]);
  }

  private static int rank(double q) {
    return Math.max(0, (int) Math.ceil(q * RESAMPLES) - 1);
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median of a resample, given as how often each value of the sorted sample is in it. */
  private static double median(double[] sorted, int[] counts) {
    int n = sorted.length;
    int lower = (n - 1) / 2;
    int upper = n / 2;
    double low = Double.NaN;
    int seen = 0;
    for (int i = 0; i < n; i++) {
      seen += counts[i];
      if (Double.isNaN(low) && seen > lower) {
        low = sorted[i];
      }
      if (seen > upper) {
        return (low + sorted[i]) / 2;
      }
    }
    return low;
  }
}
