package io.waip.replay;

/** How fast recorded requests are offered. */
public sealed interface Pace {
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
   * A mean rate.
   *
   * @param factor mean offered rate as a share of the capacity, {@code > 0}
   */
  record Load(double factor) implements Pace {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the factor is not positive and finite
     */
    public Load {
      require(factor, "load");
    }
  }

  private static void require(double factor, String name) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(name + " must be positive and finite, is " + factor);
    }
  }
}
