package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;

/** Told of what happens in a run, in order; times in nanoseconds from its start. */
public interface RunObserver {
  /** Looks away. */
  RunObserver NONE = new RunObserver() {};

  /** Returns an observer that tells this one, then another. */
  default RunObserver and(RunObserver other) {
    if (other == NONE) {
      return this;
    }
    RunObserver self = this;
    return new RunObserver() {
      @Override
      public void arrived(long nowNanos) {
        self.arrived(nowNanos);
        other.arrived(nowNanos);
      }

      @Override
      public void executed(Batch batch, long startNanos, long endNanos) {
        self.executed(batch, startNanos, endNanos);
        other.executed(batch, startNanos, endNanos);
      }

      @Override
      public void completed(long nowNanos) {
        self.completed(nowNanos);
        other.completed(nowNanos);
      }

      @Override
      public void ended(int request, Outcome outcome, long nowNanos) {
        self.ended(request, outcome, nowNanos);
        other.ended(request, outcome, nowNanos);
      }
    };
  }

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
