package io.waip.api;

/** How a request ended. Every request ends in exactly one outcome; the set is closed. */
public enum Outcome {
  /** Answered within its deadline. */
  COMPLETED,
  /** Answered, after its deadline. */
  LATE,
  /** Refused on arrival; it was never queued. */
  REJECTED,
  /** Removed from a queue before it ran. */
  EVICTED,
  /** Ran, and the execution failed. */
  FAILED,
  /** Withdrawn by its client. */
  CANCELLED
}
