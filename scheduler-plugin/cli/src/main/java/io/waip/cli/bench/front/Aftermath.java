package io.waip.cli.bench.front;

import io.waip.cli.bench.load.End;
import io.waip.cli.bench.load.LoadLog;
import java.util.Arrays;

/**
 * What the clients saw of one fault: the requests meant to be sent from its beginning until the
 * next one's, and those under way when it began.
 *
 * @param lost, {@code errors} and {@code wrong}: requests that ended so
 * @param stockMillis longest pause of answers, from the fault or from an answer after it to the
 *     next answer, less what the load generator itself stood still in it; 0 where that is no longer
 *     than the longest in calm times
 * @param usualMillis from the fault until twenty requests in a row are answered within the calm
 *     99th percentile; NaN when that did not happen before the next fault
 * @param worstMillis longest latency, from the intended send time, of a right answer
 */
record Aftermath(
    int lost, int errors, int wrong, double stockMillis, double usualMillis, double worstMillis) {
  /** As many in a row do not come by chance while every second request is late. */
  private static final int IN_A_ROW = 20;

  /**
   * Reads a fault's stretch of the log.
   *
   * @param answers {@link Calm#answers} of the same log
   * @param endNanos when the next fault began, or a time after the last answer
   */
  static Aftermath of(LoadLog log, long[] answers, long atNanos, long endNanos, Calm calm) {
    int lost = 0;
    int errors = 0;
    int wrong = 0;
    long worst = 0;
    for (int i = 0; i < log.size(); i++) {
      if (belongs(log, i, atNanos, endNanos)) {
        lost += log.end(i) == End.LOST ? 1 : 0;
        errors += log.end(i) == End.ERROR ? 1 : 0;
        wrong += log.end(i) == End.WRONG ? 1 : 0;
        worst = Math.max(worst, latency(log, i));
      }
    }
    return new Aftermath(
        lost,
        errors,
        wrong,
        stock(log, answers, atNanos, endNanos, calm),
        usual(log, atNanos, endNanos, calm),
        worst / 1e6);
  }

  /** 0 for what has none. */
  private static long latency(LoadLog log, int i) {
    return log.end(i) == End.OK && log.arm(i) != LoadLog.WARM_UP
        ? log.doneNanos(i) - log.intendedNanos(i)
        : 0;
  }

  /**
   * A request is the fault's that began last before it ended, or before it was meant to be sent.
   */
  private static boolean belongs(LoadLog log, int i, long atNanos, long endNanos) {
    boolean neverEnded = log.doneNanos(i) == 0;
    long time = neverEnded ? log.intendedNanos(i) : log.doneNanos(i);
    return time >= atNanos && time < endNanos;
  }

  private static double stock(LoadLog log, long[] answers, long atNanos, long endNanos, Calm calm) {
    int found = Arrays.binarySearch(answers, atNanos);
    int next = found >= 0 ? found : -found - 1;
    long longest = 0;
    for (int i = Math.max(1, next); i < answers.length && answers[i - 1] < endNanos; i++) {
      long from = Math.max(answers[i - 1], atNanos);
      long to = Math.min(answers[i], endNanos);
      if (to - from > Math.max(longest, calm.longestGapNanos())) {
        longest = Math.max(longest, to - from - generatorStall(log, from, to));
      }
    }
    return longest > calm.longestGapNanos() ? longest / 1e6 : 0;
  }

  /**
   * How late the generator was at most with a request meant for this time: it then read no answers.
   */
  private static long generatorStall(LoadLog log, long fromNanos, long toNanos) {
    long longest = 0;
    for (int i = 0; i < log.size(); i++) {
      if (log.intendedNanos(i) >= fromNanos && log.intendedNanos(i) < toNanos) {
        longest = Math.max(longest, log.sentNanos(i) - log.intendedNanos(i));
      }
    }
    return longest;
  }

  private static double usual(LoadLog log, long atNanos, long endNanos, Calm calm) {
    int inARow = 0;
    long since = 0;
    for (int i = 0; i < log.size(); i++) {
      long intended = log.intendedNanos(i);
      if (intended < atNanos || log.arm(i) == LoadLog.WARM_UP) {
        continue;
      }
      if (intended >= endNanos) {
        break;
      }
      boolean usual = log.end(i) == End.OK && log.doneNanos(i) - intended <= calm.latencyP99Nanos();
      if (usual && inARow == 0) {
        since = intended;
      }
      inARow = usual ? inARow + 1 : 0;
      if (inARow == IN_A_ROW) {
        return (since - atNanos) / 1e6;
      }
    }
    return Double.NaN;
  }
}
