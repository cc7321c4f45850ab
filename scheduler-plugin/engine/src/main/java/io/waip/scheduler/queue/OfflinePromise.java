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
  private long updatedNanos = Long.MIN_VALUE;

  /**
   * Lets time pass.
   *
   * @param waiting whether offline work is queued
   * @param shareOfDevices promised share times the number of endpoints
   */
  public void advance(long nowNanos, boolean waiting, double shareOfDevices) {
    if (waiting && updatedNanos != Long.MIN_VALUE) {
      creditNanos =
          Math.min(MAX_CREDIT_NANOS, creditNanos + (nowNanos - updatedNanos) * shareOfDevices);
    }
    updatedNanos = nowNanos;
  }

  /** Says whether the next batch, of at most this time, must be offline. */
  public boolean isDue(long batchNanos) {
    return creditNanos >= batchNanos;
  }

  /** Takes note of device time given to offline work. */
  public void spend(double nanos) {
    creditNanos = Math.max(0, creditNanos - nanos);
  }
}
