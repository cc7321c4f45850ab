package io.waip.scheduler.plan.apply;

/**
 * What became of the requests that arrived while a plan was in force.
 *
 * @param offered requests, {@code >= 0}
 * @param good answered in time, {@code [0, offered]}
 * @param failed by an error of a model or device, {@code [0, offered - good]}
 */
public record ArmCount(long offered, long good, long failed) {
  /** Nothing arrived. */
  public static final ArmCount NONE = new ArmCount(0, 0, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public ArmCount {
    if (good < 0 || failed < 0 || good + failed > offered) {
      throw new IllegalArgumentException(
          "good and failed must be >= 0 and together at most what was offered, are %d and %d of %d"
              .formatted(good, failed, offered));
    }
  }

  /** Returns both together. */
  public ArmCount plus(ArmCount other) {
    return new ArmCount(offered + other.offered, good + other.good, failed + other.failed);
  }

  /** Returns the share answered in time; 1 where nothing was offered. */
  public double goodShare() {
    return offered == 0 ? 1 : (double) good / offered;
  }

  /** Returns the share that failed; 0 where nothing was offered. */
  public double failedShare() {
    return offered == 0 ? 0 : (double) failed / offered;
  }
}
