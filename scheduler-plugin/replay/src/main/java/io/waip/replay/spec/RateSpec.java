package io.waip.replay.spec;

/** How fast requests arrive. */
public sealed interface RateSpec {
  /** At the recorded rate. */
  record AsRecorded() implements RateSpec {}

  /**
   * At a multiple of the recorded rate.
   *
   * @param factor {@code > 0}
   */
  record Speedup(double factor) implements RateSpec {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is left
     */
    public Speedup {
      requirePositive("speedup", factor);
    }
  }

  /**
   * At a multiple of the capacity.
   *
   * @param ratio mean offered rate over capacity, {@code > 0}
   */
  record Load(double ratio) implements RateSpec {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is left
     */
    public Load {
      requirePositive("load", ratio);
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be a number > 0, is " + value);
    }
  }
}
