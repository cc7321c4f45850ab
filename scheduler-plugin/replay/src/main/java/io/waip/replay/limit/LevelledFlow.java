package io.waip.replay.limit;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Solves a {@link Relaxation} with any windows: several classes of deadlines, and requests that
 * have none but the end of the run.
 *
 * <p>Let {@code rho_1 > ... > rho_k} be the different values of {@code v_i / w_i}, A_l the requests
 * with at least rho_l, and F(A) the most worker time that A can be given. F is the rank of a
 * polymatroid, for which the optimum of {@code sum rho_i y_i} is (Edmonds 1970, as in {@link
 * AgreeableGreedy})
 *
 * <pre>sum over l of (rho_l - rho_{l+1}) F(A_l),  rho_{k+1} = 0</pre>
 *
 * <p>F(A) is a maximum flow from requests to time. Windows are intervals, so giving each moment to
 * the released, unfinished request with the earliest deadline attains it (F. Glover, "Maximum
 * matching in a convex bipartite graph", Naval Research Logistics Quarterly, 1967, with moments in
 * place of slots: a flow that gives a moment to a later deadline can be exchanged without loss). No
 * time is cut into buckets; the result is exact when there are at most {@value #MAX_LEVELS} levels.
 *
 * <p>With more levels, each rho is rounded up to a geometric grid of that many. Then {@code rho_i
 * y_i} only rises for every feasible y, and what was an upper bound stays one. O(levels n log n).
 */
final class LevelledFlow {
  static final int MAX_LEVELS = 256;

  private final Relaxation problem;
  private final double[] density;
  private final int[] byDeadline;
  private final int[] deadlineRank;
  private final double[] left;
  private final DeadlineHeap heap = new DeadlineHeap();

  private LevelledFlow(Relaxation problem, int maxLevels) {
    this.problem = problem;
    int n = problem.size();
    density = new double[n];
    Arrays.setAll(density, i -> problem.values()[i] / problem.works()[i]);
    roundUp(maxLevels);
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.<Integer>comparingLong(i -> problem.deadlines()[i]));
    byDeadline = Arrays.stream(order).mapToInt(i -> i).toArray();
    deadlineRank = new int[n];
    for (int rank = 0; rank < n; rank++) {
      deadlineRank[byDeadline[rank]] = rank;
    }
    left = new double[n];
  }

  /** Returns the optimum, or slightly more where levels are merged. */
  static double value(Relaxation problem) {
    return value(problem, MAX_LEVELS);
  }

  /** Returns the optimum with at most so many levels, {@code >= 2}. */
  static double value(Relaxation problem, int maxLevels) {
    return problem.size() == 0 ? 0 : new LevelledFlow(problem, maxLevels).sum();
  }

  private void roundUp(int maxLevels) {
    double[] distinct = Arrays.stream(density).sorted().distinct().toArray();
    if (distinct.length <= maxLevels) {
      return;
    }
    double highest = distinct[distinct.length - 1];
    double step = Math.pow(distinct[0] / highest, 1.0 / (maxLevels - 1));
    double[] grid = new double[maxLevels];
    Arrays.setAll(grid, k -> highest * Math.pow(step, maxLevels - 1.0 - k));
    grid[maxLevels - 1] = highest;
    for (int i = 0; i < density.length; i++) {
      int found = Arrays.binarySearch(grid, density[i]);
      density[i] = grid[found >= 0 ? found : -found - 1];
    }
  }

  private double sum() {
    double[] levels = Arrays.stream(density).sorted().distinct().toArray();
    double sum = 0;
    for (int l = levels.length - 1; l >= 0; l--) {
      double next = l == 0 ? 0 : levels[l - 1];
      sum += (levels[l] - next) * flow(levels[l]);
    }
    return sum;
  }

  /** Returns the most worker time that the requests of at least this density can be given. */
  private double flow(double leastDensity) {
    heap.clear();
    double given = 0;
    double now = 0;
    for (int i = 0; i < density.length; i++) {
      if (density[i] >= leastDensity) {
        long release = problem.releases()[i];
        given += run(now, release);
        now = release;
        left[i] = problem.works()[i];
        heap.add(deadlineRank[i]);
      }
    }
    return given + run(now, Double.POSITIVE_INFINITY);
  }

  /** Gives the time from one moment to another to the earliest deadlines, and returns how much. */
  private double run(double from, double to) {
    int m = problem.workers();
    double now = from;
    double given = 0;
    while (!heap.isEmpty() && now < to) {
      int i = byDeadline[(int) heap.least()];
      double end = Math.min(to, problem.deadlines()[i]);
      double grant = Math.min(left[i], m * (end - now));
      if (grant > 0) {
        given += grant;
        left[i] -= grant;
        now += grant / m;
      }
      if (left[i] > 0 && end == to && to < problem.deadlines()[i]) {
        return given;
      }
      heap.removeLeast();
    }
    return given;
  }
}
