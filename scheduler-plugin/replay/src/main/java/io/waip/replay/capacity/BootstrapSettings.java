package io.waip.replay.capacity;

/**
 * How far the attainment of one replay is trusted.
 *
 * @param blockNanos time of a block whose requests are drawn together, nanoseconds, {@code >= 1
 *     ms}; shortened where a window has fewer than {@value BlockTally#LEAST_BLOCKS} of them
 * @param resamples drawn, {@code [20, 100000]}
 * @param lowerQuantile of the attainments of resamples that has to reach the target, {@code (0,
 *     0.5]}; the interval ends at one minus it
 */
public record BootstrapSettings(long blockNanos, int resamples, double lowerQuantile) {
  /** Blocks of 10 s, 200 resamples, quantile 0.05. */
  public static final BootstrapSettings DEFAULT = new BootstrapSettings(10_000_000_000L, 200, 0.05);

  private static final long LEAST_BLOCK_NANOS = 1_000_000;
  private static final int LEAST_RESAMPLES = 20;
  private static final int MOST_RESAMPLES = 100_000;
  private static final double HIGHEST_LOWER = 0.5;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public BootstrapSettings {
    if (blockNanos < LEAST_BLOCK_NANOS) {
      throw new IllegalArgumentException("block must be >= 1ms, is " + blockNanos + " ns");
    }
    if (resamples < LEAST_RESAMPLES || resamples > MOST_RESAMPLES) {
      throw new IllegalArgumentException("resamples must be in [20, 100000], are " + resamples);
    }
    if (!(lowerQuantile > 0 && lowerQuantile <= HIGHEST_LOWER)) {
      throw new IllegalArgumentException("lower quantile must be in (0, 0.5], is " + lowerQuantile);
    }
  }
}
