package io.waip.replay.limit;

/**
 * The most worker time that a set of requests of a {@link Relaxation} can be given: a maximum flow
 * from requests to time.
 *
 * <p>Windows are intervals, so giving each moment to the released, unfinished request with the
 * earliest deadline attains the maximum: a flow that gives a moment to a later deadline can be
 * exchanged without loss (F. Glover, "Maximum matching in a convex bipartite graph", Naval Research
 * Logistics Quarterly, 1967, with moments in place of slots). No time is cut into buckets. Time is
 * read from the supply's clock, by which the class is one worker.
 *
 * <p>Not safe for several threads: {@link #nanos} reuses its arrays.
 */
final class EarliestDeadlineFlow {
  private final Relaxation problem;
  private final int[] byDeadline;
  private final int[] deadlineRank;
  private final double[] releases;
  private final double[] deadlines;
  private final double[] left;
  private final DeadlineHeap heap = new DeadlineHeap();

  EarliestDeadlineFlow(Relaxation problem) {
    this.problem = problem;
    int n = problem.size();
    byDeadline = AscendingOrder.of(problem.deadlines());
    deadlineRank = new int[n];
    for (int rank = 0; rank < n; rank++) {
      deadlineRank[byDeadline[rank]] = rank;
    }
    left = new double[n];
    releases = problem.clock(problem.releases());
    deadlines = problem.clock(problem.deadlines());
  }

  /**
   * Returns the maximum for the requests whose level is at most the one given, O(n log n).
   *
   * @param level of each request
   * @return worker nanoseconds
   */
  double nanos(int[] level, int most) {
    heap.clear();
    double given = 0;
    double now = 0;
    for (int i = 0; i < level.length; i++) {
      if (level[i] <= most) {
        double release = releases[i];
        given += run(now, release);
        now = release;
        left[i] = problem.works()[i];
        heap.add(deadlineRank[i]);
      }
    }
    return given + run(now, Double.POSITIVE_INFINITY);
  }

  /** Gives the time from one reading to another to the earliest deadlines, and returns how much. */
  private double run(double from, double to) {
    double now = from;
    double given = 0;
    while (!heap.isEmpty() && now < to) {
      int i = byDeadline[(int) heap.least()];
      double grant = Math.min(left[i], Math.min(to, deadlines[i]) - now);
      if (grant > 0) {
        given += grant;
        left[i] -= grant;
        now += grant;
      }
      if (left[i] > 0 && to < deadlines[i]) {
        return given;
      }
      heap.removeLeast();
    }
    return given;
  }
}
