package io.waip.scheduler.plan.apply;

/**
 * How reluctantly plans change.
 *
 * @param hysteresis relative gain that a candidate needs, {@code [0, 1]}
 * @param minDwellNanos least time between two changes, {@code >= 0}; taking a plan back is none
 * @param changesPerHour most changes within an hour, {@code >= 1}
 * @param tolerance share by which what comes of a plan may stay below its prediction, {@code (0,
 *     1)}
 * @param canaryShare share of the time that a candidate serves at first, {@code (0, 1]}; 1 for no
 *     canary
 * @param watchWindows windows after a change in which it is taken back where it disappoints, {@code
 *     >= 1}
 * @param quarantineNanos how long a plan that was taken back is not tried again; doubles each time,
 *     {@code >= 0}
 * @param leastRequests a share of fewer requests says nothing, {@code >= 1}
 */
public record KeeperSettings(
    double hysteresis,
    long minDwellNanos,
    int changesPerHour,
    double tolerance,
    double canaryShare,
    int watchWindows,
    long quarantineNanos,
    int leastRequests) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A gain of 3 %, a minute's dwell, a canary on a quarter of the time, two windows of watch. */
  public static final KeeperSettings DEFAULT =
      new KeeperSettings(0.03, 60 * SECOND_NANOS, 20, 0.1, 0.25, 2, 600 * SECOND_NANOS, 100);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public KeeperSettings {
    require(hysteresis >= 0 && hysteresis <= 1, "hysteresis must be in [0, 1]", hysteresis);
    require(minDwellNanos >= 0, "min dwell must be >= 0 ns", minDwellNanos);
    require(changesPerHour >= 1, "changes per hour must be >= 1", changesPerHour);
    require(tolerance > 0 && tolerance < 1, "tolerance must be in (0, 1)", tolerance);
    require(canaryShare > 0 && canaryShare <= 1, "canary share must be in (0, 1]", canaryShare);
    require(watchWindows >= 1, "watch windows must be >= 1", watchWindows);
    require(quarantineNanos >= 0, "quarantine must be >= 0 ns", quarantineNanos);
    require(leastRequests >= 1, "least requests must be >= 1", leastRequests);
  }

  private static void require(boolean holds, String rule, double found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", is " + found);
    }
  }

  /** Returns the same with another hysteresis and dwell. */
  public KeeperSettings with(double otherHysteresis, long otherMinDwellNanos) {
    return new KeeperSettings(
        otherHysteresis,
        otherMinDwellNanos,
        changesPerHour,
        tolerance,
        canaryShare,
        watchWindows,
        quarantineNanos,
        leastRequests);
  }
}
