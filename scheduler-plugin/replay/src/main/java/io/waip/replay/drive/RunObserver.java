package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;

/** Told of what happens in a run, in order; times in nanoseconds from its start. */
public interface RunObserver {
  /** Looks away. */
  RunObserver NONE = new RunObserver() {};

  /** Returns an observer that tells this one, then another. */
  default RunObserver and(RunObserver other) {
    return other == NONE ? this : new PairedObserver(this, other);
  }

  /** A request arrives. */
  default void arrived(long nowNanos) {}

  /**
   * A batch starts.
   *
   * @param batch valid during the call
   * @param endNanos when it ends, answered or failed
   */
  default void executed(Batch batch, long startNanos, long endNanos) {}

  /** An endpoint changes its state; batches that fail by it end after this. */
  default void endpointChanged(int endpoint, EndpointState state, long nowNanos) {}

  /** A batch ends, answered or failed. */
  default void completed(long nowNanos) {}

  /** A request ends. */
  default void ended(int request, Outcome outcome, long nowNanos) {}
}
