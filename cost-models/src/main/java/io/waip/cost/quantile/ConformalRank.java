package io.waip.cost.quantile;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Which of n exchangeable scores the next one stays at or below with a wanted probability: the one
 * of rank {@code ceil((n + 1) * level)} (Papadopoulos, Proedrou, Vovk, Gammerman, Inductive
 * Confidence Machines for Regression, ECML 2002). Below {@code level / (1 - level)} scores there is
 * none.
 */
public final class ConformalRank {
  /** Half a bound in 10^9: products of levels such as 0.95 are not exact. */
  private static final double ROUNDING = 1e-9;

  private ConformalRank() {}

  /**
   * Returns the fewest scores with a bound: 19 for 0.95, 99 for 0.99.
   *
   * @param level wanted probability, in {@code (0, 1)}
   */
  public static int needed(double level) {
    return (int) Math.ceil(level / (1 - level) - ROUNDING);
  }

  /**
   * Returns the bound.
   *
   * @param scores in any order; not changed
   * @param level wanted probability, in {@code (0, 1)}
   * @return empty if there are fewer scores than {@link #needed}
   */
  public static OptionalDouble bound(double[] scores, double level) {
    int rank = (int) Math.ceil((scores.length + 1) * level - ROUNDING);
    if (rank > scores.length) {
      return OptionalDouble.empty();
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return OptionalDouble.of(sorted[rank - 1]);
  }
}
