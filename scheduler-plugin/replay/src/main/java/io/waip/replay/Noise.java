package io.waip.replay;

/**
 * Lognormal noise of mean 1 on execution times, and the seed of every random choice of a replay.
 *
 * @param coefficientOfVariation {@code [0, 2]}; 0 for none
 * @param seed of the noise and of generated arrivals
 */
public record Noise(double coefficientOfVariation, long seed) {
  /** Largest coefficient of variation. */
  public static final double MAX = 2;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is left
   */
  public Noise {
    if (!(coefficientOfVariation >= 0 && coefficientOfVariation <= MAX)) {
      throw new IllegalArgumentException("noise must be in [0, 2], is " + coefficientOfVariation);
    }
  }

  /** Returns no noise with a seed for arrivals. */
  public static Noise none(long seed) {
    return new Noise(0, seed);
  }

  /**
   * Returns the factor between median and planning quantile a planner uses that knows the noise: 1
   * where there is none, else two standard deviations above the mean.
   */
  public double latencyMargin() {
    return 1 + 2 * coefficientOfVariation;
  }
}
