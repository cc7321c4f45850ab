package io.waip.replay.limit;

import java.util.Arrays;

/**
 * Solves a {@link Relaxation} with agreeable windows exactly, O(n log n).
 *
 * <p>The feasible y are a polymatroid: worker time is a flow from requests to the moments of their
 * windows, and the most that a set of requests can take, the supply in the union of its windows, is
 * submodular. The greedy that grants in order of falling {@code v_i / w_i} as much as stays
 * feasible is therefore optimal (J. Edmonds, "Submodular functions, matroids, and certain
 * polyhedra", Combinatorial Structures and Their Applications, 1970).
 *
 * <p>With M the supply's clock, ordered windows inside {@code [r_j, d_k]} are those from j to k, so
 * with S the prefix sums of what is granted, request i can still be granted
 *
 * <pre>min over k >= i of (M(d_k) - S_k)  +  min over j <= i of (S_{j-1} - M(r_j))</pre>
 *
 * <p>which two {@link RangeMinTree}s answer; a grant y lowers the first for k >= i and raises the
 * second for j > i.
 */
final class AgreeableGreedy {
  private AgreeableGreedy() {}

  /**
   * Returns the optimum.
   *
   * @throws IllegalArgumentException if the windows are not agreeable
   */
  static double value(Relaxation problem) {
    if (!problem.isAgreeable()) {
      throw new IllegalArgumentException("windows lie inside one another");
    }
    int n = problem.size();
    if (n == 0) {
      return 0;
    }
    int[] order = problem.byDensity();
    double[] ends = problem.clock(problem.deadlines());
    double[] starts = problem.clock(problem.releases());
    Arrays.setAll(starts, i -> -starts[i]);
    RangeMinTree untilEnd = new RangeMinTree(ends);
    RangeMinTree fromStart = new RangeMinTree(starts);
    double value = 0;
    for (int i : order) {
      double slack = untilEnd.min(i, n - 1) + fromStart.min(0, i);
      double grant = Math.clamp(slack, 0, problem.works()[i]);
      untilEnd.add(i, n - 1, -grant);
      fromStart.add(i + 1, n - 1, grant);
      value += problem.values()[i] * grant / problem.works()[i];
    }
    return value;
  }
}
