package io.waip.cost.drift;

import java.util.SplittableRandom;

/** Streams made for tests, of a seed. */
final class Streams {
  static final long SECOND = 1_000_000_000L;
  static final long HOUR = 3600 * SECOND;

  private Streams() {}

  /** Arrivals in bursts: exponential times between bursts, exponential sizes at one moment. */
  static final class Bursts {
    private final SplittableRandom random;
    private final double gapNanos;
    private final double meanSize;
    private double nanos;
    private int left;

    /**
     * Sets the law.
     *
     * @param meanSize arrivals of a burst; the index of dispersion is about twice this
     */
    Bursts(long seed, double perSecond, double meanSize) {
      random = new SplittableRandom(seed);
      this.meanSize = meanSize;
      gapNanos = meanSize / perSecond * SECOND;
    }

    /** Returns the time of the next arrival. */
    long next() {
      while (left == 0) {
        nanos += -Math.log(1 - random.nextDouble()) * gapNanos;
        left = (int) Math.round(-Math.log(1 - random.nextDouble()) * meanSize);
      }
      left--;
      return (long) nanos;
    }
  }

  /** Returns the time of the next Poisson arrival. */
  static long poisson(SplittableRandom random, long nanos, double perSecond) {
    return nanos + (long) (-Math.log(1 - random.nextDouble()) / perSecond * SECOND);
  }
}
