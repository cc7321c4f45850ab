package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;

/** Told of what happens in a run, in order; times in nanoseconds from its start. */
public interface RunObserver {
  /** Looks away. */
  RunObserver NONE = new RunObserver() {};

  /** A request arrives. */
  default void arrived(long nowNanos) {}

  /**
   * A batch starts.
   *
   * @param batch valid during the call
   * @param endNanos when it ends
   */
  default void executed(Batch batch, long startNanos, long endNanos) {}

  /** A batch ends. */
  default void completed(long nowNanos) {}

  /** A request ends. */
  default void ended(int request, Outcome outcome, long nowNanos) {}
}
