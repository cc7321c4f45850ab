package io.waip.api.schedule;

import io.waip.api.Outcome;
import io.waip.api.Reason;

/**
 * Receives a scheduler's decisions; implemented by a driver.
 *
 * <p>Called during an event, on the thread that reported it. An implementation must not call back
 * into the scheduler.
 */
public interface Decisions {
  /**
   * Run this batch.
   *
   * @param batch valid during the call only
   */
  void dispatch(Batch batch);

  /**
   * A request ended. Reported once for each request that arrived.
   *
   * @param retryAfterNanos when a retry may succeed, for {@link Outcome#REJECTED} and {@link
   *     Outcome#EVICTED}; 0 where nothing is known
   */
  void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos);

  /**
   * Call {@link Scheduler#timer} at this time. Replaces the time asked for before.
   *
   * @param timeNanos absolute, or {@link Long#MAX_VALUE} for none
   */
  void wakeAt(long timeNanos);
}
