package io.waip.scheduler.route;

/**
 * Decides per service whether cheaper variants serve beside the preferred one.
 *
 * <p>On when the backlog takes longer to drain than a bound, off when it takes less than half of
 * it. Single writer; allocates nothing.
 */
public final class Degradation {
  private final boolean[] degraded;

  /** Starts with no service degraded. */
  public Degradation(int services) {
    degraded = new boolean[services];
  }

  /**
   * Updates and returns the decision.
   *
   * @param drainNanos predicted time to serve all that is queued on the preferred variant
   * @param boundNanos the bound, {@code >= 0}
   */
  public boolean update(int service, double drainNanos, long boundNanos) {
    if (drainNanos > boundNanos) {
      degraded[service] = true;
    } else if (drainNanos <= boundNanos / 2.0) {
      degraded[service] = false;
    }
    return degraded[service];
  }
}
