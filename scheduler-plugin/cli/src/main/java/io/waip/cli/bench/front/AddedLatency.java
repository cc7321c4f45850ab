package io.waip.cli.bench.front;

import io.waip.cli.bench.load.End;
import io.waip.cli.bench.load.LoadLog;
import java.util.Arrays;

/**
 * What the front adds to a call's latency, from pairs of a call to the front and one to its target.
 *
 * @param pairs in which both calls were answered
 * @param directP50Ms and {@code frontP50Ms}: the medians of the two arms
 * @param directP99Ms and {@code frontP99Ms}: their 99th percentiles
 * @param addedP50Ms median of the pairs' differences, with its bootstrap 95 % interval {@code
 *     addedP50MsLow} to {@code addedP50MsHigh}
 */
record AddedLatency(
    int pairs,
    double directP50Ms,
    double frontP50Ms,
    double directP99Ms,
    double frontP99Ms,
    double addedP50Ms,
    double addedP50MsLow,
    double addedP50MsHigh) {
  /** Arms of the log. */
  static final int DIRECT = 0;

  static final int FRONT = 1;

  /**
   * Compares the arms of a log whose requests come in pairs; a pair with a call that was not
   * answered rightly is left out here and shows in the account.
   *
   * @throws IllegalArgumentException if no pair is whole
   */
  static AddedLatency of(LoadLog log, long seed) {
    double[] direct = new double[log.size()];
    double[] front = new double[log.size()];
    int pairs = 0;
    for (int i = firstPaired(log); i + 1 < log.size(); i += 2) {
      if (log.end(i) == End.OK && log.end(i + 1) == End.OK && log.arm(i) != log.arm(i + 1)) {
        boolean directFirst = log.arm(i) == DIRECT;
        direct[pairs] = millis(log, directFirst ? i : i + 1);
        front[pairs] = millis(log, directFirst ? i + 1 : i);
        pairs++;
      }
    }
    return of(Arrays.copyOf(direct, pairs), Arrays.copyOf(front, pairs), seed);
  }

  private static int firstPaired(LoadLog log) {
    int i = 0;
    while (i < log.size() && log.arm(i) == LoadLog.WARM_UP) {
      i++;
    }
    return i;
  }

  /** One call at a time is under way, so its latency is counted from when it was sent. */
  private static double millis(LoadLog log, int request) {
    return (log.doneNanos(request) - log.sentNanos(request)) / 1e6;
  }

  /** Compares two arms, the n-th value of each being a pair. */
  static AddedLatency of(double[] direct, double[] front, long seed) {
    double[] added = new double[direct.length];
    for (int i = 0; i < added.length; i++) {
      added[i] = front[i] - direct[i];
    }
    Interval interval = Interval.ofMedian(added, seed);
    Arrays.sort(direct);
    Arrays.sort(front);
    return new AddedLatency(
        added.length,
        Interval.median(direct),
        Interval.median(front),
        p99(direct),
        p99(front),
        interval.median(),
        interval.low(),
        interval.high());
  }

  private static double p99(double[] sorted) {
    return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
  }
}
