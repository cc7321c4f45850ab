package io.waip.scheduler.route;

/**
 * Circuit breakers, one for each pair of endpoint and variant.
 *
 * <p>Closed until {@value #FAILURES_TO_OPEN} executions in a row fail, then open for a time that
 * doubles with each failed trial, from {@value #FIRST_OPEN_NANOS} ns to {@value
 * #LONGEST_OPEN_NANOS} ns; after it one trial is let through. One success closes it. Single writer;
 * allocates nothing.
 */
final class Breaker {
  static final int FAILURES_TO_OPEN = 3;
  static final long FIRST_OPEN_NANOS = 1_000_000_000L;
  static final long LONGEST_OPEN_NANOS = 60_000_000_000L;

  private final int[] failures;
  private final long[] openUntilNanos;
  private final long[] openNanos;
  private final boolean[] trial;
  private final int variants;

  Breaker(int endpoints, int variants) {
    this.variants = variants;
    failures = new int[endpoints * variants];
    openUntilNanos = new long[endpoints * variants];
    openNanos = new long[endpoints * variants];
    trial = new boolean[endpoints * variants];
  }

  boolean permits(long nowNanos, int endpoint, int variant) {
    int i = endpoint * variants + variant;
    return failures[i] < FAILURES_TO_OPEN || (nowNanos >= openUntilNanos[i] && !trial[i]);
  }

  /** Takes note of an execution; where the breaker is open it is the one trial. */
  void dispatched(int endpoint, int variant) {
    int i = endpoint * variants + variant;
    trial[i] = failures[i] == FAILURES_TO_OPEN;
  }

  void succeeded(int endpoint, int variant) {
    int i = endpoint * variants + variant;
    failures[i] = 0;
    trial[i] = false;
    openNanos[i] = 0;
  }

  void failed(long nowNanos, int endpoint, int variant) {
    int i = endpoint * variants + variant;
    boolean wasOpen = failures[i] == FAILURES_TO_OPEN;
    failures[i] = Math.min(failures[i] + 1, FAILURES_TO_OPEN);
    // What was sent before it opened, and fails now, is no trial.
    if (failures[i] == FAILURES_TO_OPEN && (trial[i] || !wasOpen)) {
      trial[i] = false;
      openNanos[i] = Math.max(FIRST_OPEN_NANOS, Math.min(2 * openNanos[i], LONGEST_OPEN_NANOS));
      openUntilNanos[i] = nowNanos + openNanos[i];
    }
  }

  /** Returns when the next open breaker lets a trial through, or {@link Long#MAX_VALUE}. */
  long nextTrialNanos(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < failures.length; i++) {
      if (failures[i] == FAILURES_TO_OPEN && openUntilNanos[i] > nowNanos) {
        next = Math.min(next, openUntilNanos[i]);
      }
    }
    return next;
  }
}
