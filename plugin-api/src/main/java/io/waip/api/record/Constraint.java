package io.waip.api.record;

/** What removed a candidate of a decision. The order is part of the format of records. */
public enum Constraint {
  /** Nothing: it was chosen, or nothing more was there to take. */
  NONE,
  /** The endpoint does not run the variant. */
  RUNS_ELSEWHERE,
  /**
   * The variant is below the quality floor of the request, or below that of the service or above
   * the share of its requests that the plan gives the variant.
   */
  QUALITY_FLOOR,
  /** The circuit breaker of endpoint and variant is open. */
  BREAKER,
  /** A variant of higher quality serves alone while it meets the deadlines. */
  PREFERENCE,
  /** Longer than the variant accepts. */
  LENGTH,
  /** The batch is as large as the variant allows. */
  MAX_BATCH,
  /** A deadline in the batch, or the request's own, would be missed. */
  DEADLINE,
  /** More of the batch would be padding than the plan allows. */
  PADDING_CAP,
  /** The service may not be padded and the lengths differ. */
  EQUAL_LENGTH,
  /** The turn belongs to offline work alone. */
  OFFLINE_TURN,
  /** A batch would hold the endpoint too long while offline work waits beside requests in time. */
  OFFLINE_QUANTUM,
  /** Less value for each nanosecond of device time. */
  SCORE;

  private static final Constraint[] VALUES = values();

  /** Number of constraints. */
  public static final int COUNT = VALUES.length;

  /**
   * Returns the constraint with this ordinal without allocating.
   *
   * @throws ArrayIndexOutOfBoundsException if {@code ordinal} is not in {@code [0, COUNT)}
   */
  public static Constraint of(int ordinal) {
    return VALUES[ordinal];
  }
}
