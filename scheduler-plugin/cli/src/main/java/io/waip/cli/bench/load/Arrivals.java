package io.waip.cli.bench.load;

import java.util.SplittableRandom;

/** Intended send times of a Poisson process; the same seed gives the same times. One thread. */
final class Arrivals {
  private final SplittableRandom random;
  private final double meanNanos;
  private double elapsedNanos;

  /**
   * Starts at time 0.
   *
   * @param perSecond mean rate, above 0
   */
  Arrivals(double perSecond, long seed) {
    random = new SplittableRandom(seed);
    meanNanos = 1e9 / perSecond;
  }

  /** Nanoseconds from the start to the next arrival. */
  long nextNanos() {
    elapsedNanos += -Math.log1p(-random.nextDouble()) * meanNanos;
    return (long) elapsedNanos;
  }
}
