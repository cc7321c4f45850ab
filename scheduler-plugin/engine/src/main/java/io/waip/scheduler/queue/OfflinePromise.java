package io.waip.scheduler.queue;

/**
 * Keeps the minimum share of device time promised to offline work.
 *
 * <p>Credit grows with time while offline work waits, and is spent by the offline part of each
 * batch; when it covers a batch, that batch must be offline. Capped at {@value #MAX_CREDIT_NANOS}
 * ns so that a long calm is not followed by a long block. Single writer; allocates nothing.
 */
public final class OfflinePromise {
  private static final double MAX_CREDIT_NANOS = 1e9;

  private double creditNanos;
  private long updatedNanos;
  private boolean waiting;

  /**
   * Lets time pass.
   *
   * @param shareOfDevices promised share times the number of endpoints
   */
  public void advance(long nowNanos, double shareOfDevices) {
    if (waiting) {
      creditNanos =
          Math.min(MAX_CREDIT_NANOS, creditNanos + (nowNanos - updatedNanos) * shareOfDevices);
    }
    updatedNanos = nowNanos;
  }

  /** Takes note whether offline work is queued from now on. */
  public void waiting(boolean queued) {
    waiting = queued;
  }

  /** Says whether the next batch, of about this time, must be offline. */
  public boolean isDue(long batchNanos) {
    return creditNanos >= Math.min(batchNanos, MAX_CREDIT_NANOS);
  }

  /**
   * Takes note of device time given to offline work.
   *
   * @param due whether it ran because it was due: then it is paid in full, so that one long request
   *     is followed by a longer pause; a gap it filled costs no more than the credit there is
   */
  public void spend(double nanos, boolean due) {
    creditNanos =
        due ? creditNanos - nanos : Math.min(creditNanos, Math.max(0, creditNanos - nanos));
  }
}
