package io.waip.api.schedule;

import io.waip.api.RequestDescriptor;
import io.waip.api.plan.Plan;

/**
 * A deterministic scheduling state machine: a driver reports events, the scheduler answers with
 * decisions.
 *
 * <p>It reads no clock, sleeps never, starts no thread and does no I/O. The same events at the same
 * times give the same decisions. Times are nanoseconds of the driver's monotonic clock and never
 * decrease from call to call.
 *
 * <p><b>Threading:</b> single writer; one thread calls every method. <b>Outcomes:</b> each request
 * that arrived is reported exactly once through {@link Decisions#ended}.
 */
public interface Scheduler {
  /**
   * A request arrived.
   *
   * @param request read during the call only
   * @throws IllegalArgumentException if an index is outside the deployment, the length is below 1,
   *     or the id is in use; nothing is changed then
   */
  void arrived(long nowNanos, RequestDescriptor request, Decisions out);

  /**
   * A dispatched batch was answered.
   *
   * @param dispatchId as given by {@link Decisions#dispatch}; an unknown one is ignored
   * @param executionNanos measured time of the execution alone, {@code >= 0}
   */
  void completed(long nowNanos, long dispatchId, long executionNanos, Decisions out);

  /** A dispatched batch failed; every request of it ends. An unknown id is ignored. */
  void failed(long nowNanos, long dispatchId, Decisions out);

  /** The client withdrew a request; one that is unknown or has ended is ignored. */
  void cancelled(long nowNanos, long requestId, Decisions out);

  /**
   * The time asked for by {@link Decisions#wakeAt} has come. An early or spare call is harmless.
   */
  void timer(long nowNanos, Decisions out);

  /** An endpoint changed its state. Batches in flight there still end by their own event. */
  void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions out);

  /** A new plan holds from now on. Requests already dispatched keep the old one. */
  void planPublished(long nowNanos, Plan plan, Decisions out);

  /**
   * No more work will run: every queued request ends as evicted, and later arrivals are rejected.
   * Batches in flight still end by their own event.
   */
  void shutdown(long nowNanos, Decisions out);
}
