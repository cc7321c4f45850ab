package io.waip.replay.records;

import io.waip.api.record.Constraint;

/**
 * Types of the messages that pass from a scheduler's thread to the writer's.
 *
 * <p>A message is a sequence of 8-byte words in the byte order of the machine. The first is the
 * time of the event it belongs to, nanoseconds. A fraction is written by its bits, an enum by its
 * ordinal, a flag as 0 or 1. The further words:
 *
 * <ul>
 *   <li>{@link #ARRIVED}: request, service, tenant, tier, length, arrival, deadline, quality floor,
 *       region
 *   <li>{@link #COMPLETED}: dispatch, execution time
 *   <li>{@link #FAILED}: dispatch
 *   <li>{@link #CANCELLED}: request
 *   <li>{@link #TIMER}, {@link #SHUTDOWN}: none
 *   <li>{@link #ENDPOINT}: endpoint, state
 *   <li>{@link #PLAN}: number of bytes; the plan as protobuf
 *   <li>{@link #DISPATCH}: dispatch, endpoint, variant, padded length, predicted time, number of
 *       requests; their ids
 *   <li>{@link #ENDED}: request, outcome, reason, retry-after
 *   <li>{@link #WAKE}: time
 *   <li>{@link #SCREENED}: request, permitted endpoints, endpoints up
 *   <li>{@link #CONSIDERED}: service, endpoint, fairness; variants removed by each of {@link
 *       #REMOVING}; deferred until, number of batches; for each variant, size, padded length,
 *       predicted time, median, score, limit; number of requests; their ids; a byte each for their
 *       constraints
 *   <li>{@link #LOST}: number of messages
 * </ul>
 */
final class MessageLayout {
  static final int ARRIVED = 1;
  static final int COMPLETED = 2;
  static final int FAILED = 3;
  static final int CANCELLED = 4;
  static final int TIMER = 5;
  static final int ENDPOINT = 6;
  static final int PLAN = 7;
  static final int SHUTDOWN = 8;
  static final int DISPATCH = 9;
  static final int ENDED = 10;
  static final int WAKE = 11;
  static final int SCREENED = 12;
  static final int CONSIDERED = 13;
  static final int LOST = 14;

  /** Constraints that remove variants, in the order of their words. */
  static final Constraint[] REMOVING = {
    Constraint.RUNS_ELSEWHERE, Constraint.QUALITY_FLOOR, Constraint.BREAKER, Constraint.PREFERENCE
  };

  private MessageLayout() {}
}
