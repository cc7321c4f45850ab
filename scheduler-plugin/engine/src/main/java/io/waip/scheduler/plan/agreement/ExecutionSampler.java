package io.waip.scheduler.plan.agreement;

/**
 * Draws the answers that are compared: of an execution of {@code b} rows, with a chance of {@code
 * min(1, share b)}, one row, each with the same chance.
 *
 * <p>So every answer is drawn with a chance of {@code share} as long as {@code share b <= 1}, and
 * no two of one execution are: they share what a quantized batch is scaled by, and would not be
 * evidence apart from each other. The draw depends on seed and execution alone, never on what was
 * answered or how long it took. Immutable; any thread; allocates nothing.
 */
public final class ExecutionSampler {
  /** No row is drawn. */
  public static final int NONE = -1;

  // Increment and mixing of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number
  // Generators, OOPSLA 2014).
  private static final long INCREMENT = 0x9e3779b97f4a7c15L;
  private static final long MIX_A = 0xbf58476d1ce4e5b9L;
  private static final long MIX_B = 0x94d049bb133111ebL;

  private final long seed;
  private final double share;

  /**
   * Makes a sampler.
   *
   * @param share of the answers, {@code (0, 1]}
   * @throws IllegalArgumentException if it is out of range
   */
  public ExecutionSampler(long seed, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1], is " + share);
    }
    this.seed = mix(seed);
    this.share = share;
  }

  /**
   * Returns the row that is drawn, or {@link #NONE}.
   *
   * @param execution distinct among executions
   * @param rows of it, {@code >= 1}
   */
  public int row(long execution, int rows) {
    long first = mix(seed + execution * INCREMENT);
    return unit(first) < share * rows ? (int) (unit(mix(first + INCREMENT)) * rows) : NONE;
  }

  /** Returns a number in {@code [0, 1)} of 53 bits. */
  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static long mix(long bits) {
    long a = (bits ^ bits >>> 30) * MIX_A;
    long b = (a ^ a >>> 27) * MIX_B;
    return b ^ b >>> 31;
  }
}
