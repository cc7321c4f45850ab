package io.waip.replay.drive;

import io.waip.api.schedule.Batch;

/** Told of each batch of a run when it starts. */
@FunctionalInterface
public interface BatchObserver {
  /**
   * A batch that starts now.
   *
   * @param batch valid during the call
   * @param endNanos when it ends, nanoseconds from the start of the run
   */
  void executed(Batch batch, long startNanos, long endNanos);
}
