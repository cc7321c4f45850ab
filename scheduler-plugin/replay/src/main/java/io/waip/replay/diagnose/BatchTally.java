package io.waip.replay.diagnose;

/**
 * Executions of one batch size.
 *
 * @param executions how many, {@code >= 0}
 * @param inputNanos of all, preparing inputs
 * @param inferNanos of all, executing
 * @param outputNanos of all, extracting outputs
 */
public record BatchTally(long executions, long inputNanos, long inferNanos, long outputNanos) {
  /** Nothing. */
  public static final BatchTally NONE = new BatchTally(0, 0, 0, 0);

  /** Returns what it grew by since then; negative where it fell. */
  public BatchTally minus(BatchTally before) {
    return new BatchTally(
        executions - before.executions,
        inputNanos - before.inputNanos,
        inferNanos - before.inferNanos,
        outputNanos - before.outputNanos);
  }

  /** Says whether a part is negative. */
  public boolean fell() {
    return executions < 0 || inputNanos < 0 || inferNanos < 0 || outputNanos < 0;
  }

  /** Returns the time of all executions, nanoseconds. */
  public long nanos() {
    return inputNanos + inferNanos + outputNanos;
  }
}
