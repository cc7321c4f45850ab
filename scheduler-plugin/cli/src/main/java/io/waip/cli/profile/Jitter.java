package io.waip.cli.profile;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.agrona.collections.LongArrayList;

/**
 * How unevenly the machine runs while a profile is taken: a piece of arithmetic that always is the
 * same, timed between executions. Single thread.
 */
final class Jitter {
  private static final int STEPS = 100_000;

  /** Probes before those that count, so that the code is compiled. */
  private static final int WARM_UP = 50;

  private final LongSupplier clock;
  private final LongArrayList nanos = new LongArrayList();
  private long state = 1;

  /**
   * Warms up.
   *
   * @param clock nanoseconds
   */
  Jitter(LongSupplier clock) {
    this.clock = clock;
    for (int i = 0; i < WARM_UP; i++) {
      state = work(state);
    }
  }

  /** Times the work once. */
  void probe() {
    long started = clock.getAsLong();
    state = work(state);
    nanos.addLong(clock.getAsLong() - started);
  }

  /**
   * Marsaglia's xorshift ("Xorshift RNGs", Journal of Statistical Software, 2003): each of its
   * steps waits for the one before, and no compiler finds a shorter way, as one does for a linear
   * generator.
   */
  private static long work(long seed) {
    long x = seed;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /** Returns the median time of the work, nanoseconds. */
  long medianNanos() {
    return ranked(0.5);
  }

  /** Returns its 99th percentile over its median, {@code >= 1}: 1 on a machine left alone. */
  double p99OverMedian() {
    return (double) ranked(0.99) / medianNanos();
  }

  private long ranked(double q) {
    long[] sorted = nanos.toLongArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(q * sorted.length) - 1];
  }
}
