package io.waip.cli.profile;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.agrona.collections.LongArrayList;

/** Times of the executions of one shape. Single thread. */
final class ShapeTimes {
  /** Fewest times of which an interval of the median can be told: its ranks are 1 and 8. */
  static final int LEAST = 8;

  /** Fewest times a 99th percentile is taken of, as for {@code Measurement.ofExecutions}. */
  private static final int LEAST_P99 = 100;

  private static final double Z_95 = 1.96;

  private final int batch;
  private final int length;
  private final LongArrayList nanos = new LongArrayList();

  ShapeTimes(int batch, int length) {
    this.batch = batch;
    this.length = length;
  }

  int batch() {
    return batch;
  }

  int length() {
    return length;
  }

  long elements() {
    return (long) batch * length;
  }

  int count() {
    return nanos.size();
  }

  void add(long time) {
    nanos.addLong(time);
  }

  /** Returns the median by nearest rank, nanoseconds. */
  long medianNanos() {
    return sorted()[(count() + 1) / 2 - 1];
  }

  /** Returns the 99th percentile by nearest rank, nanoseconds; empty of fewer than 100. */
  OptionalDouble p99Nanos() {
    return count() < LEAST_P99
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted()[(int) Math.ceil(0.99 * count()) - 1]);
  }

  /**
   * Returns the ends of a 95 % interval of the median, nanoseconds: two of the times, whose ranks
   * the binomial distribution gives whatever that of the times (Hollander, Wolfe and Chicken,
   * "Nonparametric Statistical Methods", 3rd ed., 2014, section 3.6, in its normal approximation).
   *
   * @throws IllegalStateException if there are fewer than {@value #LEAST}
   */
  long[] medianInterval() {
    if (count() < LEAST) {
      throw new IllegalStateException("an interval needs %d times".formatted(LEAST));
    }
    double half = Z_95 * Math.sqrt(count());
    int low = (int) Math.floor((count() - half) / 2);
    int high = (int) Math.ceil((count() + half) / 2) + 1;
    long[] sorted = sorted();
    return new long[] {sorted[Math.max(1, low) - 1], sorted[Math.min(count(), high) - 1]};
  }

  /** Returns half the interval as a share of the median; infinite of too few times. */
  double uncertainty() {
    if (count() < LEAST) {
      return Double.POSITIVE_INFINITY;
    }
    long[] interval = medianInterval();
    return (interval[1] - interval[0]) / 2.0 / medianNanos();
  }

  private long[] sorted() {
    long[] sorted = nanos.toLongArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
