package io.waip.cost;

/** Predicted times as whole nanoseconds. */
final class Nanos {
  /** Far above any execution, and small enough that sums with clock readings do not overflow. */
  static final double MAX = 0x1p60;

  private Nanos() {}

  /** Returns {@code nanos} to the nearest whole nanosecond, at least 1 and at most {@link #MAX}. */
  static long whole(double nanos) {
    return (long) Math.max(1, Math.min(MAX, nanos + 0.5));
  }
}
