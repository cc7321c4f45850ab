package io.waip.triton;

/**
 * Watches a planner and changes no decision. Told what the planner saw about once a second, in the
 * order it happened, on the planner's thread but off the way of requests: it must be done within a
 * millisecond or so, and hand over what takes longer.
 */
public interface PlannerWatcher {
  /**
   * A request arrived.
   *
   * @param length as it was planned with, {@code >= 1}
   */
  default void arrived(long nowNanos, int service, int tenant, int length) {}

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
