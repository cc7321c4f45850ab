package io.waip.replay;

import io.waip.api.Outcome;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How long the requests of a run took from intended arrival to answer, in time or late, beside
 * those that were never answered. Immutable.
 */
public final class LatencyDistribution {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sortedNanos;
  private final int offered;

  private LatencyDistribution(long[] sortedNanos, int offered) {
    this.sortedNanos = sortedNanos;
    this.offered = offered;
  }

  static LatencyDistribution of(PolicyRun run) {
    long[] nanos = new long[(int) (run.count(Outcome.COMPLETED) + run.count(Outcome.LATE))];
    int next = 0;
    for (int i = 0; i < run.workload().size(); i++) {
      if (isAnswer(run.log().outcome(i))) {
        nanos[next++] = run.log().endNanos(i) - run.workload().arrivalNanos(i);
      }
    }
    Arrays.sort(nanos);
    return new LatencyDistribution(nanos, run.workload().size());
  }

  private static boolean isAnswer(Outcome outcome) {
    return outcome == Outcome.COMPLETED || outcome == Outcome.LATE;
  }

  /** Returns the number of answers. */
  public int answers() {
    return sortedNanos.length;
  }

  /** Returns the share of all offered requests that were never answered, {@code [0, 1]}. */
  public double neverAnswered() {
    return 1 - (double) answers() / offered;
  }

  /** Returns the share of all offered requests that were answered within a time, {@code [0, 1]}. */
  public double shareWithin(long nanos) {
    int low = 0;
    int high = sortedNanos.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sortedNanos[middle] <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return (double) low / offered;
  }

  /**
   * Returns a percentile of the answers by the nearest-rank method.
   *
   * @param percentile {@code (0, 100]}
   * @return milliseconds, or empty where nothing was answered
   */
  public OptionalDouble millis(double percentile) {
    if (sortedNanos.length == 0) {
      return OptionalDouble.empty();
    }
    int rank = (int) Math.ceil(percentile / 100 * sortedNanos.length);
    return OptionalDouble.of(sortedNanos[Math.max(0, rank - 1)] / NANOS_PER_MILLI);
  }
}
