package io.waip.triton;

/** An execution as a {@link PlannerWatcher} is shown it. */
public final class SeenExecution {
  long endNanos;
  int variant;
  int rows;
  int length;
  long measuredNanos;
  long predictedNanos;
  double logResidual;

  SeenExecution() {}

  /**
   * Makes one that ended at 0 and has no scale yet.
   *
   * @param predicted nanoseconds, as {@link #predictedNanos}
   * @param measured nanoseconds, as {@link #measuredNanos}
   */
  public static SeenExecution of(int variant, int rows, int length, long predicted, long measured) {
    SeenExecution execution = new SeenExecution();
    execution.variant = variant;
    execution.rows = rows;
    execution.length = length;
    execution.predictedNanos = predicted;
    execution.measuredNanos = measured;
    execution.logResidual = Double.NaN;
    return execution;
  }

  /** Returns when the planner learned of its end. */
  public long endNanos() {
    return endNanos;
  }

  /** Returns the variant, counted over all services. */
  public int variant() {
    return variant;
  }

  /** Returns the rows of the child, {@code >= 1}. */
  public int rows() {
    return rows;
  }

  /** Returns the length every row was padded to, {@code >= 1}. */
  public int length() {
    return length;
  }

  /** Returns what it took, {@code > 0}. */
  public long measuredNanos() {
    return measuredNanos;
  }

  /** Returns the median that was planned with, {@code > 0}. */
  public long predictedNanos() {
    return predictedNanos;
  }

  /**
   * Returns {@code ln(measured / predicted)} by the times the variant started from, brought to
   * scale; NaN where there is no such scale yet.
   */
  public double logResidual() {
    return logResidual;
  }
}
