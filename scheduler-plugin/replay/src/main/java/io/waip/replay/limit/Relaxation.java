package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Divisible work on identical workers: request i may be given up to {@code w_i} worker nanoseconds
 * inside {@code [r_i, d_i]} and yields {@code v_i} times the share given.
 *
 * <p>Maximise {@code sum v_i y_i / w_i} over {@code 0 <= y_i <= w_i} such that for all {@code a <
 * b} the windows inside {@code [a, b]} are given at most {@code m (b - a)}. Entries are ordered by
 * release, then deadline. Requests no schedule serves are left out. Immutable; arrays are shared,
 * not copied.
 *
 * @param workers m, {@code >= 1}
 * @param releases nanoseconds
 * @param deadlines nanoseconds, {@code >} the release
 * @param works nanoseconds of one worker, {@code > 0}
 * @param values {@code > 0}
 */
@SuppressWarnings("ArrayRecordComponent") // Columns; nobody compares or prints relaxations.
record Relaxation(int workers, long[] releases, long[] deadlines, double[] works, double[] values) {

  /** Builds the relaxation of a workload in which every request is worth 1. */
  static Relaxation of(Workload workload, double[] works, int workers) {
    int[] order = servable(workload, works);
    int n = order.length;
    long[] releases = new long[n];
    long[] deadlines = new long[n];
    double[] ordered = new double[n];
    double[] values = new double[n];
    Arrays.fill(values, 1);
    for (int i = 0; i < n; i++) {
      releases[i] = workload.arrivalNanos(order[i]);
      deadlines[i] = workload.goodputDeadlineNanos(order[i]);
      ordered[i] = works[order[i]];
    }
    return new Relaxation(workers, releases, deadlines, ordered, values);
  }

  private static int[] servable(Workload workload, double[] works) {
    Integer[] order = new Integer[workload.size()];
    Arrays.setAll(order, i -> i);
    return Arrays.stream(order)
        .filter(i -> works[i] < Double.POSITIVE_INFINITY)
        .sorted(
            Comparator.<Integer>comparingLong(workload::arrivalNanos)
                .thenComparingLong(workload::goodputDeadlineNanos))
        .mapToInt(i -> i)
        .toArray();
  }

  int size() {
    return releases.length;
  }

  /**
   * Says whether deadlines ascend with releases, so that no window lies strictly inside another.
   */
  boolean isAgreeable() {
    for (int i = 1; i < deadlines.length; i++) {
      if (deadlines[i] < deadlines[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the positions in order of falling value per worker nanosecond. */
  int[] byDensity() {
    Integer[] order = new Integer[size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> -values[i] / works[i]));
    return Arrays.stream(order).mapToInt(i -> i).toArray();
  }
}
