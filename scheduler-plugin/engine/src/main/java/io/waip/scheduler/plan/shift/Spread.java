package io.waip.scheduler.plan.shift;

import io.waip.scheduler.plan.solve.LinearProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Interruptible jobs over what is left of a grid: a linear program over the device time of each job
 * on each pool in each segment. Within a segment work can be spread evenly, so any amounts within
 * the segment's devices and watts can be run, and the optimum of the program is that of the
 * problem.
 */
final class Spread {
  private static final double SECONDS_PER_HOUR = 3600;

  /** Share by which the first goal may be missed for the others: rounding of the simplex. */
  private static final double KEPT = 1e-9;

  /** What lateness counts beside cost, both over their largest: it decides among equals alone. */
  private static final double TIE = 1e-6;

  /** Share of a job below which a part of it is rounding of the simplex. */
  private static final double ROUNDING = 1e-7;

  private final Grid grid;
  private final List<DeferrableJob> jobs;
  private final List<Cell> cells = new ArrayList<>();

  /** Seconds that are one in the program: the smallest job, so that rounding is small beside it. */
  private final double unit;

  /** Device time of a job on a pool in a segment; {@code most} in units. */
  private record Cell(int job, int pool, int segment, double most, Score perHour) {}

  /** An optimum: the runs and their score. */
  record Result(List<Run> runs, Score score) {}

  Spread(Grid grid, List<DeferrableJob> jobs) {
    this.grid = grid;
    this.jobs = jobs;
    unit = jobs.stream().mapToDouble(DeferrableJob::workSeconds).min().orElse(1);
    for (int j = 0; j < jobs.size(); j++) {
      DeferrableJob job = jobs.get(j);
      int[] pools = grid.pools(job);
      int[] stretches = grid.stretches(job);
      for (int s = 0; s < grid.size(); s++) {
        for (int pool : grid.isOpen(s, job) ? pools : new int[0]) {
          double most = Math.min(job.devices(), grid.spare(s, pool)) * units(s);
          if (most > 0) {
            Score each = Score.ofHour(grid, s, pool, job, stretches[s]);
            cells.add(new Cell(j, pool, s, most, each));
          }
        }
      }
    }
  }

  private double units(int segment) {
    return grid.seconds(segment) / unit;
  }

  /** Says whether all jobs can be done inside their windows. */
  boolean holds() {
    return jobs.isEmpty() || solve(List.of(), cell -> 0, true).isPresent();
  }

  /**
   * Returns how much of the last job's work fits beside the others, seconds; 0 where they do not.
   */
  double mostOfLast() {
    int last = jobs.size() - 1;
    ToDoubleFunction<Cell> work = cell -> cell.job == last ? speed(cell) : 0;
    return solve(List.of(), cell -> -work.applyAsDouble(cell), false)
        .map(amounts -> value(amounts, work) * unit)
        .orElse(0.0);
  }

  /** Returns the best way to do all jobs inside their windows; empty where there is none. */
  Optional<Result> best() {
    if (jobs.isEmpty()) {
      return Optional.of(new Result(List.of(), Score.NONE));
    }
    ToDoubleFunction<Cell> stretches = scaled(Score::stretches);
    ToDoubleFunction<Cell> cost = scaled(Score::cost);
    ToDoubleFunction<Cell> lateness = scaled(Score::lateness);
    ToDoubleFunction<Cell> rest =
        cell -> cost.applyAsDouble(cell) + TIE * lateness.applyAsDouble(cell);
    if (cells.stream().allMatch(cell -> cell.perHour.stretches() == 0)) {
      return solve(List.of(), rest, true).map(this::result);
    }
    // Where the second program fails by rounding, the first one's optimum stands.
    Optional<double[]> first = solve(List.of(), stretches, true);
    return first
        .flatMap(
            amounts -> solve(List.of(new Goal(stretches, value(amounts, stretches))), rest, true))
        .or(() -> first)
        .map(this::result);
  }

  private ToDoubleFunction<Cell> scaled(ToDoubleFunction<Score> figure) {
    double largest =
        cells.stream().mapToDouble(cell -> figure.applyAsDouble(cell.perHour)).max().orElse(0);
    double scale = largest > 0 ? 1 / largest : 0;
    return cell -> figure.applyAsDouble(cell.perHour) * scale;
  }

  /** What the first goal reached, which the others must keep. */
  private record Goal(ToDoubleFunction<Cell> factor, double value) {}

  private double value(double[] amounts, ToDoubleFunction<Cell> factor) {
    double sum = 0;
    for (int c = 0; c < amounts.length; c++) {
      sum += amounts[c] * factor.applyAsDouble(cells.get(c));
    }
    return sum;
  }

  private Optional<double[]> solve(
      List<Goal> kept, ToDoubleFunction<Cell> least, boolean allOfLast) {
    LinearProgram program = new LinearProgram();
    for (Cell cell : cells) {
      int variable = program.variable(0, cell.most);
      program.addObjective(variable, -least.applyAsDouble(cell));
    }
    if (!addWork(program, allOfLast)) {
      return Optional.empty();
    }
    addCapacity(program);
    for (Goal goal : kept) {
      double most = goal.value * (1 + KEPT) + KEPT;
      int row = program.row(Double.NEGATIVE_INFINITY, most);
      for (int c = 0; c < cells.size(); c++) {
        program.add(row, c, goal.factor.applyAsDouble(cells.get(c)));
      }
    }
    return program.maximise().map(LinearProgram.Solution::values);
  }

  /** Adds the work of each job; returns false where one has no place at all. */
  private boolean addWork(LinearProgram program, boolean allOfLast) {
    for (int j = 0; j < jobs.size(); j++) {
      double work = jobs.get(j).workSeconds() / unit;
      boolean isAll = allOfLast || j < jobs.size() - 1;
      int row = program.row(isAll ? work : 0, work);
      double most = 0;
      for (int c = 0; c < cells.size(); c++) {
        if (cells.get(c).job == j) {
          program.add(row, c, speed(cells.get(c)));
          most += cells.get(c).most * speed(cells.get(c));
        }
      }
      if (isAll && most < work * (1 - Grid.NO_WORK)) {
        return false;
      }
    }
    return true;
  }

  private double speed(Cell cell) {
    return grid.pool(cell.pool).speed();
  }

  /** Rows over jobs (pools and watts) and over pools (a job's devices) in each segment. */
  private void addCapacity(LinearProgram program) {
    List<List<Integer>> inSegment = new ArrayList<>();
    for (int s = 0; s < grid.size(); s++) {
      inSegment.add(new ArrayList<>());
    }
    for (int c = 0; c < cells.size(); c++) {
      inSegment.get(cells.get(c).segment).add(c);
    }
    for (int s = 0; s < grid.size(); s++) {
      List<Integer> here = inSegment.get(s);
      addSums(program, here, s);
      if (!here.isEmpty() && !Double.isInfinite(grid.watts(s))) {
        int row = program.row(Double.NEGATIVE_INFINITY, grid.watts(s) / 1000 * units(s));
        for (int c : here) {
          Cell cell = cells.get(c);
          program.add(row, c, grid.pool(cell.pool).addedWatts(jobs.get(cell.job)) / 1000);
        }
      }
    }
  }

  private void addSums(LinearProgram program, List<Integer> here, int segment) {
    for (int p = 0; !here.isEmpty() && p < grid.pools(); p++) {
      int pool = p;
      List<Integer> own = here.stream().filter(c -> cells.get(c).pool == pool).toList();
      addSum(program, own, grid.spare(segment, p) * units(segment));
    }
    for (int j = 0; grid.pools() > 1 && j < jobs.size(); j++) {
      int job = j;
      List<Integer> own = here.stream().filter(c -> cells.get(c).job == job).toList();
      addSum(program, own, jobs.get(j).devices() * units(segment));
    }
  }

  private static void addSum(LinearProgram program, List<Integer> own, double most) {
    if (own.size() > 1) {
      int row = program.row(Double.NEGATIVE_INFINITY, most);
      own.forEach(c -> program.add(row, c, 1));
    }
  }

  private Result result(double[] amounts) {
    List<Run> runs = new ArrayList<>();
    Score score = Score.NONE;
    for (int c = 0; c < amounts.length; c++) {
      Cell cell = cells.get(c);
      DeferrableJob job = jobs.get(cell.job);
      if (amounts[c] * unit > ROUNDING * job.workSeconds()) {
        score = score.plus(cell.perHour.times(amounts[c] * unit / SECONDS_PER_HOUR));
        double devices = amounts[c] / units(cell.segment);
        double start = grid.start(cell.segment);
        runs.add(new Run(job, cell.pool, start, grid.end(cell.segment), devices));
      }
    }
    return new Result(runs, score);
  }
}
