package io.waip.triton;

import io.waip.api.Outcome;

/**
 * Watches a planner and changes no decision. Told what the planner saw about once a second, in the
 * order it happened, on the planner's thread but off the way of requests: it must be done within a
 * millisecond or so, and hand over what takes longer.
 */
public interface PlannerWatcher {
  /**
   * A request arrived.
   *
   * @param arrival valid during the call
   */
  default void arrived(SeenArrival arrival) {}

  /**
   * A request ended, other than by its client's withdrawal.
   *
   * @param arm of the {@link PlanInbox.Order} in force when it arrived
   */
  default void ended(long nowNanos, int service, Outcome outcome, int arm) {}

  /**
   * A child ended well.
   *
   * @param execution valid during the call
   */
  default void executed(SeenExecution execution) {}

  /** All that happened until now was told. */
  default void advanced(long nowNanos) {}

  /** The planner ended; nothing follows. */
  default void ended() {}
}
