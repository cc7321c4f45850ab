package io.waip.replay.capacity;

/**
 * What a service attained, and what was asked of it.
 *
 * @param service name
 * @param requests offered
 * @param target share asked for, {@code (0, 1)}
 * @param attainment attained
 */
public record ServiceAttainment(
    String service, int requests, double target, Attainment attainment) {
  /**
   * Says whether both the share attained and the lower end of its interval reach the target, or
   * nobody called the service.
   */
  public boolean suffices() {
    return requests == 0 || margin() >= 0;
  }

  /** Returns the lesser of share and lower end, less the target; NaN without requests. */
  public double margin() {
    return Math.min(attainment.share(), attainment.low()) - target;
  }
}
