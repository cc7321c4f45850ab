package io.waip.cli.bench.front;

import io.waip.cli.bench.load.End;
import io.waip.cli.bench.load.LoadLog;
import java.util.Arrays;

/**
 * What the clients saw of one fault: the requests meant to be sent from its beginning until the
 * next one's, and those under way when it began.
 *
 * @param lost, {@code errors} and {@code wrong}: requests that ended so
 * @param stockMillis from the fault to the answer that ends the longest pause of answers, where
 *     that pause is longer than any in calm times; else 0
 * @param usualMillis from the fault until twenty requests in a row are answered within the calm
 *     99th percentile; NaN when that did not happen before the next fault
 */
record Aftermath(int lost, int errors, int wrong, double stockMillis, double usualMillis) {
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
    for (int i = 0; i < log.size(); i++) {
      if (belongs(log, i, atNanos, endNanos)) {
        lost += log.end(i) == End.LOST ? 1 : 0;
        errors += log.end(i) == End.ERROR ? 1 : 0;
        wrong += log.end(i) == End.WRONG ? 1 : 0;
      }
    }
    return new Aftermath(
        lost,
        errors,
        wrong,
        stock(answers, atNanos, endNanos, calm),
        usual(log, atNanos, endNanos, calm));
  }

  /**
   * A request is the fault's that began last before it ended, or before it was meant to be sent.
   */
  private static boolean belongs(LoadLog log, int i, long atNanos, long endNanos) {
    boolean neverEnded = log.doneNanos(i) == 0;
    long time = neverEnded ? log.intendedNanos(i) : log.doneNanos(i);
    return time >= atNanos && time < endNanos;
  }

  private static double stock(long[] answers, long atNanos, long endNanos, Calm calm) {
    int found = Arrays.binarySearch(answers, atNanos);
    int next = found >= 0 ? found : -found - 1;
    long longest = calm.longestGapNanos();
    long end = atNanos;
    for (int i = Math.max(1, next); i < answers.length && answers[i - 1] < endNanos; i++) {
      long gap = answers[i] - Math.max(answers[i - 1], atNanos);
      if (gap > longest) {
        longest = gap;
        end = answers[i];
      }
    }
    return (end - atNanos) / 1e6;
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
