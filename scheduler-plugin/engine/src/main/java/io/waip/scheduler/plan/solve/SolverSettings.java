package io.waip.scheduler.plan.solve;

/**
 * Bounds of a search, in steps, so that every machine ends with the same plan.
 *
 * @param mostConfigurations maximal configurations up to which the search is exhaustive, {@code >=
 *     0}; 0 for never
 * @param branchWork configurations and their options of all linear programs of one branch and
 *     bound, together, {@code >= 1}
 * @param improvementWork configurations and loaded options of all layouts that local improvement
 *     tries, together, {@code >= 0}
 * @param mostCandidates plans that are returned, {@code >= 1}
 */
public record SolverSettings(
    int mostConfigurations, int branchWork, int improvementWork, int mostCandidates) {
  /** Exhaustive up to a few devices and variants, else within a second for 1,000 devices. */
  public static final SolverSettings DEFAULT = new SolverSettings(150, 200_000, 20_000, 4);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public SolverSettings {
    if (mostConfigurations < 0 || branchWork < 1 || improvementWork < 0 || mostCandidates < 1) {
      throw new IllegalArgumentException(
          "settings must be >= 0, 1, 0 and 1, are %d, %d, %d and %d"
              .formatted(mostConfigurations, branchWork, improvementWork, mostCandidates));
    }
  }

  /** Returns the same without exhaustive search. */
  public SolverSettings heuristicOnly() {
    return new SolverSettings(0, branchWork, improvementWork, mostCandidates);
  }
}
