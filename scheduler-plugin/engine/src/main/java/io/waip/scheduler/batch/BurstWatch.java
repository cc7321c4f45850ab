package io.waip.scheduler.batch;

import java.util.Arrays;

/**
 * Sees where requests come in bursts: a batch that holds all that is queued is then worth a
 * moment's wait, because the rest of the burst is about to arrive, and a lone request is not held
 * up.
 *
 * <p>A request is near when it comes within a tenth of the wait after the one before, so that a
 * client that sends one request after the other is not taken for a burst. The wait begins with the
 * first request of an empty queue and is worth it while more than half of the last requests were
 * near. Confined to the engine's thread; allocates nothing after construction.
 */
public final class BurstWatch {
  /** Weight of the newest request in the share of near ones: a memory of some 32. */
  private static final double WEIGHT = 1.0 / 32;

  /** Requests of a burst are that much nearer to one another than the wait is long. */
  private static final long NEARER = 10;

  private static final double WORTH_IT = 0.5;

  private final long[] waitNanos;
  private final long[] lastArrivalNanos;
  private final long[] sinceNanos;
  private final double[] near;

  /** Watches services, without a wait. */
  public BurstWatch(int services) {
    waitNanos = new long[services];
    lastArrivalNanos = new long[services];
    sinceNanos = new long[services];
    near = new double[services];
    Arrays.fill(lastArrivalNanos, Long.MIN_VALUE / 2);
    Arrays.fill(sinceNanos, Long.MAX_VALUE);
  }

  /**
   * Sets the longest wait of a service.
   *
   * @param nanos {@code >= 0}; 0 for none
   */
  public void longestWait(int service, long nanos) {
    waitNanos[service] = nanos;
  }

  /** A request was queued. */
  public void arrived(int service, long nowNanos) {
    double isNear = (nowNanos - lastArrivalNanos[service]) * NEARER <= waitNanos[service] ? 1 : 0;
    near[service] += WEIGHT * (isNear - near[service]);
    lastArrivalNanos[service] = nowNanos;
    sinceNanos[service] = Math.min(sinceNanos[service], nowNanos);
  }

  /** A batch was dispatched. */
  public void dispatched(int service, boolean isQueueEmpty) {
    if (isQueueEmpty) {
      sinceNanos[service] = Long.MAX_VALUE;
    }
  }

  /**
   * Returns until when a batch that holds all that is queued is worth a wait.
   *
   * @return nanoseconds of the driver's clock; in the past where it is not
   */
  public long untilNanos(int service) {
    return near[service] > WORTH_IT && sinceNanos[service] != Long.MAX_VALUE
        ? sinceNanos[service] + waitNanos[service]
        : Long.MIN_VALUE;
  }
}
