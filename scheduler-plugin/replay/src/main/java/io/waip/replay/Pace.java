package io.waip.replay;

/** How fast requests are offered. */
public sealed interface Pace {
  /** A mean rate, to which the gaps of recorded or generated requests are stretched. */
  sealed interface Mean extends Pace {
    /**
     * Returns the rate, requests per second.
     *
     * @param capacityPerSecond of the workers, requests per second; used by {@link Load} alone
     */
    double perSecond(double capacityPerSecond);
  }

  /**
   * Every gap divided by a factor.
   *
   * @param factor {@code > 0}; 1 is the pace of the trace, 2 doubles the rate
   */
  record Speedup(double factor) implements Pace {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the factor is not positive and finite
     */
    public Speedup {
      require(factor, "speedup");
    }
  }

  /**
   * A mean rate that follows the capacity of the workers.
   *
   * @param factor mean offered rate as a share of the capacity, {@code > 0}
   */
  record Load(double factor) implements Mean {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the factor is not positive and finite
     */
    public Load {
      require(factor, "load");
    }

    @Override
    public double perSecond(double capacityPerSecond) {
      return factor * capacityPerSecond;
    }
  }

  /**
   * A mean rate whatever the workers.
   *
   * @param perSecond requests per second, {@code > 0}
   */
  record Rate(double perSecond) implements Mean {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public Rate {
      require(perSecond, "rate");
    }

    @Override
    public double perSecond(double capacityPerSecond) {
      return perSecond;
    }
  }

  /** Says whether requests come as fast whatever the workers. */
  default boolean isFixed() {
    return !(this instanceof Load);
  }

  private static void require(double factor, String name) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(name + " must be positive and finite, is " + factor);
    }
  }
}
