package io.waip.scheduler.plan.shift;

/**
 * How good it is to do work at its times, less is better: first what waits for times of which
 * nothing is known or behind them, then the aim, then lateness.
 *
 * @param stretches work times the stretches it waited over ({@link Grid#stretches}), hours
 * @param cost in the unit of the aim, of work at times whose cost is known
 * @param lateness work times its distance from the first slot, squared hours
 */
record Score(double stretches, double cost, double lateness) {
  static final Score NONE = new Score(0, 0, 0);
  private static final double SECONDS_PER_HOUR = 3600;

  /** Relative difference below which figures are equal. */
  private static final double EQUAL = 1e-7;

  /** Returns the score of a job's device-hours on a pool in a segment. */
  static Score ofHour(Grid grid, int segment, int pool, DeferrableJob job, int stretch) {
    double cost = grid.costPerSecond(segment, pool, job) * SECONDS_PER_HOUR;
    double speed = grid.pool(pool).speed();
    double middle = (grid.start(segment) + grid.end(segment)) / 2 - grid.start(0);
    return new Score(
        stretch * speed, Double.isNaN(cost) ? 0 : cost, middle / SECONDS_PER_HOUR * speed);
  }

  /** Returns the score of a run. */
  static Score of(Grid grid, Run run, int[] stretches) {
    Score sum = NONE;
    for (int s = 0; s < grid.size(); s++) {
      double seconds = Math.min(run.end(), grid.end(s)) - Math.max(run.start(), grid.start(s));
      if (seconds > 0) {
        double hours = run.devices() * seconds / SECONDS_PER_HOUR;
        sum = sum.plus(ofHour(grid, s, run.pool(), run.job(), stretches[s]).times(hours));
      }
    }
    double middle = (run.start() + run.end()) / 2 - grid.start(0);
    double work = run.devices() * (run.end() - run.start()) * grid.pool(run.pool()).speed();
    return new Score(sum.stretches, sum.cost, middle * work / SECONDS_PER_HOUR / SECONDS_PER_HOUR);
  }

  Score plus(Score other) {
    return new Score(stretches + other.stretches, cost + other.cost, lateness + other.lateness);
  }

  Score times(double factor) {
    return new Score(stretches * factor, cost * factor, lateness * factor);
  }

  /** Says whether this is less by more than rounding. */
  boolean isBelow(Score other) {
    int order = order(stretches, other.stretches);
    order = order != 0 ? order : order(cost, other.cost);
    return (order != 0 ? order : order(lateness, other.lateness)) < 0;
  }

  private static int order(double a, double b) {
    double slack = EQUAL * Math.max(Math.abs(a), Math.abs(b));
    return Math.abs(a - b) <= slack ? 0 : Double.compare(a, b);
  }
}
