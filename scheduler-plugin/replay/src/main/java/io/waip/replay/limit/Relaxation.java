package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Divisible work on the workers of one class: request i may be given up to {@code w_i} worker
 * nanoseconds inside {@code [r_i, d_i]} and yields {@code v_i} times the share given.
 *
 * <p>Maximise {@code sum v_i y_i / w_i} over {@code 0 <= y_i <= w_i} such that for all {@code a <
 * b} the windows inside {@code [a, b]} are given at most the {@link Supply} between a and b.
 * Entries are ordered by release, then deadline. Requests no schedule serves, and those worth
 * nothing, are left out. Immutable; arrays are shared, not copied.
 *
 * @param supply worker time
 * @param releases nanoseconds
 * @param deadlines nanoseconds, {@code >} the release
 * @param works nanoseconds of one worker, {@code > 0}
 * @param values {@code > 0}
 */
@SuppressWarnings("ArrayRecordComponent") // Columns; nobody compares or prints relaxations.
record Relaxation(
    Supply supply, long[] releases, long[] deadlines, double[] works, double[] values) {

  /** Builds the relaxation of a workload in which every request is worth 1. */
  static Relaxation of(Workload workload, ClassWorks device) {
    double[] ones = new double[workload.size()];
    Arrays.fill(ones, 1);
    return of(workload, device, ones);
  }

  /** Builds the relaxation of a workload with the value of each request, {@code >= 0}. */
  static Relaxation of(Workload workload, ClassWorks device, double[] values) {
    int[] order = servable(workload, device.works(), values);
    int n = order.length;
    long[] releases = new long[n];
    long[] deadlines = new long[n];
    double[] works = new double[n];
    double[] ordered = new double[n];
    for (int i = 0; i < n; i++) {
      releases[i] = workload.arrivalNanos(order[i]);
      deadlines[i] = workload.goodputDeadlineNanos(order[i]);
      works[i] = device.works()[order[i]];
      ordered[i] = values[order[i]];
    }
    return new Relaxation(device.supply(), releases, deadlines, works, ordered);
  }

  private static int[] servable(Workload workload, double[] works, double[] values) {
    int[] kept =
        IntStream.range(0, workload.size())
            .filter(i -> works[i] < Double.POSITIVE_INFINITY && values[i] > 0)
            .toArray();
    return sorted(sorted(kept, workload::goodputDeadlineNanos), workload::arrivalNanos);
  }

  private static int[] sorted(int[] requests, IntToLongFunction key) {
    long[] keys = new long[requests.length];
    Arrays.setAll(keys, k -> key.applyAsLong(requests[k]));
    int[] order = AscendingOrder.of(keys);
    Arrays.setAll(order, k -> requests[order[k]]);
    return order;
  }

  /** Returns the optimum: exact where windows do not nest, else by at most a trifle too high. */
  double optimum() {
    return isAgreeable() ? AgreeableGreedy.value(this) : LevelledFlow.value(this);
  }

  /** Returns the supply's clock at these moments, 0 at the first release. */
  double[] clock(long[] moments) {
    double[] read = new double[moments.length];
    Arrays.setAll(read, i -> supply.between(releases[0], moments[i]));
    return read;
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
    double[] density = new double[size()];
    Arrays.setAll(density, i -> -values[i] / works[i]);
    return AscendingOrder.of(density);
  }
}
