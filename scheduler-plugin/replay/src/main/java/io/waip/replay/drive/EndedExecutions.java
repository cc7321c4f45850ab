package io.waip.replay.drive;

import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Hands on the executions of a run in the order they end in. One that fails with its endpoint is
 * not handed on. Tell it everything that a {@link RunObserver} is told of batches and endpoints.
 * Single thread.
 */
public final class EndedExecutions {
  private final PriorityQueue<Execution> running =
      new PriorityQueue<>(
          Comparator.comparingLong(Execution::endNanos).thenComparingInt(Execution::endpoint));
  private final Consumer<Execution> listener;

  /**
   * A batch that was executed.
   *
   * @param batch number of requests
   * @param length they were padded to
   */
  public record Execution(
      int endpoint, int variant, int batch, int length, long startNanos, long endNanos) {
    /** Returns the execution of a batch. */
    public static Execution of(Batch batch, long startNanos, long endNanos) {
      return new Execution(
          batch.endpoint(),
          batch.variant(),
          batch.size(),
          batch.paddedLength(),
          startNanos,
          endNanos);
    }

    /** Returns how long it took, nanoseconds. */
    public long nanos() {
      return endNanos - startNanos;
    }
  }

  /** Begins without an execution. */
  public EndedExecutions(Consumer<Execution> listener) {
    this.listener = listener;
  }

  /** An execution starts; those that ended before are handed on. */
  public void started(Execution execution) {
    endUntil(execution.startNanos());
    running.add(execution);
  }

  /** An endpoint changes its state: what fails by it ends at that time at the earliest. */
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    if (state == EndpointState.DOWN) {
      running.removeIf(each -> each.endpoint() == endpoint && each.endNanos() >= nowNanos);
    }
  }

  /** Hands on what ended by a time. */
  public void endUntil(long nowNanos) {
    while (!running.isEmpty() && running.element().endNanos() <= nowNanos) {
      listener.accept(running.remove());
    }
  }
}
