package io.waip.replay.diagnose;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Time of an execution by rows in the batch, from counters: measured means, and the line {@code
 * alpha + beta * rows} through them by least squares, each size weighted by its executions.
 */
public final class BatchCurve {
  private final Map<Integer, BatchTally> batches;
  private final double alphaNanos;
  private final double betaNanos;

  private BatchCurve(Map<Integer, BatchTally> batches, double alphaNanos, double betaNanos) {
    this.batches = batches;
    this.alphaNanos = alphaNanos;
    this.betaNanos = betaNanos;
  }

  /** Returns the curve of the executions counted. */
  public static BatchCurve of(Counters counters) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (Map.Entry<Integer, BatchTally> each : counters.batches().entrySet()) {
      double weight = each.getValue().executions();
      double x = each.getKey();
      double y = weight == 0 ? 0 : each.getValue().nanos() / weight;
      n += weight;
      sumX += weight * x;
      sumY += weight * y;
      sumXx += weight * x * x;
      sumXy += weight * x * y;
    }
    double spread = n * sumXx - sumX * sumX;
    double beta = spread > 0 ? Math.max(0, (n * sumXy - sumX * sumY) / spread) : Double.NaN;
    double alpha = n == 0 ? Double.NaN : Math.max(0, (sumY - beta * sumX) / n);
    return new BatchCurve(counters.batches(), alpha, beta);
  }

  /** Says whether more than one size was executed, so that there is a line. */
  public boolean hasLine() {
    return !Double.isNaN(betaNanos);
  }

  /** Returns the time of an execution that does not grow with its rows, nanoseconds. */
  public double alphaNanos() {
    return alphaNanos;
  }

  /** Returns the time of the line, nanoseconds; NaN without one. */
  public double lineNanos(double rows) {
    return alphaNanos + betaNanos * rows;
  }

  /** Returns the mean of the executions of a size, nanoseconds; empty where none ran. */
  public OptionalDouble meanNanos(int rows) {
    BatchTally tally = batches.getOrDefault(rows, BatchTally.NONE);
    return tally.executions() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) tally.nanos() / tally.executions());
  }
}
