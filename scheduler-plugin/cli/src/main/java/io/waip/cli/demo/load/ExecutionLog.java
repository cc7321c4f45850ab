package io.waip.cli.demo.load;

import java.util.ArrayList;
import java.util.List;

/** The executions of an arm, noted where they run. Any thread. */
public final class ExecutionLog {
  private final List<Execution> executions = new ArrayList<>();

  /**
   * One execution.
   *
   * @param variant index of the variant
   * @param batch rows, {@code >= 1}
   * @param paddedLength length of each row, {@code >= 1}
   * @param tokens elements that are not padding, of all rows
   * @param nanos how long it took
   * @param endNanos when it ended, of {@link System#nanoTime}
   */
  public record Execution(
      int variant, int batch, int paddedLength, long tokens, long nanos, long endNanos) {}

  /** Notes an execution. */
  public synchronized void add(Execution execution) {
    executions.add(execution);
  }

  /** Returns those that ended at {@code fromNanos} or later, with that time as their zero. */
  synchronized List<Execution> since(long fromNanos) {
    return executions.stream()
        .filter(e -> e.endNanos() - fromNanos >= 0)
        .map(e ->
            new Execution(
                e.variant(),
                e.batch(),
                e.paddedLength(),
                e.tokens(),
                e.nanos(),
                e.endNanos() - fromNanos))
        .toList();
  }
}
