package io.waip.api;

/** Typed cause of an {@link Outcome}; low cardinality, fit for a metric label. */
public enum Reason {
  /** Nothing to explain: the request was answered. */
  NONE,
  /** The tenant's rate is spent. */
  RATE_LIMIT,
  /** The deadline cannot be met, as predicted on arrival. */
  PREDICTED_LATE,
  /** The queue holds as many requests as it may. */
  QUEUE_FULL,
  /** No endpoint satisfies the governance rules for this request. */
  GOVERNANCE,
  /** No variant reaches the quality floor asked for. */
  QUALITY_FLOOR,
  /** No endpoint that could serve it is up. */
  NO_ENDPOINT,
  /** The input is longer than any variant accepts. */
  TOO_LONG,
  /** Its deadline passed, or became unreachable, while it was queued. */
  EXPIRED,
  /** The execution reported an error. */
  EXECUTION_ERROR,
  /** The client asked for it. */
  CLIENT,
  /** The planner is stopping. */
  SHUTDOWN,
  /** The request itself is wrong: it names a tenant that does not exist. */
  INVALID
}
