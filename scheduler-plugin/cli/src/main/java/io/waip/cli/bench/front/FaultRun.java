package io.waip.cli.bench.front;

/**
 * One fault as it was done. Times are nanoseconds of the monotonic clock.
 *
 * @param fault what was done
 * @param atNanos when it began
 * @param healedNanos when nothing of it was left but its effect
 * @param backNanos when the planner was given requests again; 0: not within the time
 * @param effective whether the front noticed: it gave up a planner, or forwarded for the bypass
 */
record FaultRun(Fault fault, long atNanos, long healedNanos, long backNanos, boolean effective) {
  boolean isRecovered() {
    return backNanos > 0;
  }

  /** From the end of the harm to the planner's return. */
  double recoveryMillis() {
    return (backNanos - healedNanos) / 1e6;
  }
}
