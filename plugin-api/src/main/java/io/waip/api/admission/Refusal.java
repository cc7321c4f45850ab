package io.waip.api.admission;

import io.waip.api.Reason;

/** Why a request was refused, and when a retry may succeed. A reused, caller-owned buffer. */
public final class Refusal {
  private Reason reason = Reason.NONE;
  private long retryAfterNanos;

  /**
   * Fills the refusal.
   *
   * @param retryAfterNanos {@code >= 0}; 0 where nothing is known
   * @return false, so that an admitter can return it
   */
  public boolean refuse(Reason why, long retryAfterNanos) {
    reason = why;
    this.retryAfterNanos = retryAfterNanos;
    return false;
  }

  /** Returns the cause. */
  public Reason reason() {
    return reason;
  }

  /** Returns the hint, nanoseconds. */
  public long retryAfterNanos() {
    return retryAfterNanos;
  }
}
