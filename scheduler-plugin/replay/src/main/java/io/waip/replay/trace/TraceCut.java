package io.waip.replay.trace;

/**
 * The part of a trace that is taken: what arrives in {@code [fromNanos, fromNanos + forNanos)},
 * counted from the trace's first arrival, and of that the first {@code mostRequests}. Lines behind
 * that part are not read.
 *
 * @param fromNanos nanoseconds, {@code >= 0}
 * @param forNanos nanoseconds, {@code > 0}; {@link Long#MAX_VALUE} for all
 * @param mostRequests {@code >= 1}; {@link Integer#MAX_VALUE} for all
 */
public record TraceCut(long fromNanos, long forNanos, int mostRequests) {
  /** The whole trace. */
  public static final TraceCut WHOLE = new TraceCut(0, Long.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public TraceCut {
    if (fromNanos < 0 || forNanos < 1 || mostRequests < 1) {
      throw new IllegalArgumentException(
          "a part of a trace needs from >= 0, for > 0 and requests >= 1, got %d, %d and %d"
              .formatted(fromNanos, forNanos, mostRequests));
    }
  }

  /** Says whether a time, nanoseconds from the first arrival, lies before the part. */
  boolean isEarly(long nanos) {
    return nanos < fromNanos;
  }

  /** Says whether a time, nanoseconds from the first arrival, lies behind the part. */
  boolean isLate(long nanos) {
    return nanos - fromNanos >= forNanos;
  }
}
