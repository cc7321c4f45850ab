package io.waip.scheduler.plan.shift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All jobs of a problem inside their windows.
 *
 * <p>Jobs that may not be interrupted are placed one after another, each where it is best alone
 * (the window of least sum of Wiesner et al., Let's Wait Awhile, Middleware 2021, over starts where
 * it or the supply changes) and what is left still holds the interruptible ones; one that finds no
 * place goes first in another try. Then each is moved while all together gain. The interruptible
 * ones are divided optimally over what is left ({@link Spread}).
 */
final class Placement {
  /** Sizes of the divisions tried while improving, jobs by segments, together: a few seconds. */
  private static final long MOST_TRIALS = 200_000;

  private final ShiftProblem problem;
  private final List<DeferrableJob> whole;
  private final List<DeferrableJob> divisible;
  private long trials;

  /** All jobs with their score. */
  record Placed(List<Run> runs, Score score) {}

  private Placement(ShiftProblem problem) {
    this.problem = problem;
    whole = problem.jobs().stream().filter(job -> !job.isInterruptible()).toList();
    divisible = problem.jobs().stream().filter(DeferrableJob::isInterruptible).toList();
  }

  /** Says whether a way to do all jobs inside their windows was found. */
  static boolean holds(ShiftProblem problem) {
    Placement placement = new Placement(problem);
    return placement.orders().stream().anyMatch(order -> placement.first(order).isPresent());
  }

  /** Returns the best way found; empty where none was. */
  static Optional<Placed> best(ShiftProblem problem) {
    Placement placement = new Placement(problem);
    Optional<Placed> best = Optional.empty();
    for (List<DeferrableJob> order : placement.orders()) {
      Optional<Placed> found = placement.first(order).map(placement::improved);
      boolean isBetter =
          best.isEmpty()
              || found.map(Placed::score).orElse(best.get().score).isBelow(best.get().score);
      best = isBetter ? found : best;
    }
    return best;
  }

  /** Returns a grid of what runs leave. */
  Grid left(List<Run> runs) {
    Grid grid = new Grid(problem);
    runs.forEach(grid::take);
    return grid;
  }

  /** Returns how much of the last job fits beside what a placement without it leaves, seconds. */
  static double mostOfLast(ShiftProblem problem) {
    Placement placement = new Placement(problem);
    List<Run> fixed = placement.first(placement.orders().getFirst(), true).orElse(List.of());
    return new Spread(placement.left(fixed), placement.divisible).mostOfLast();
  }

  /** Least slack first, and most work first. */
  private List<List<DeferrableJob>> orders() {
    if (whole.size() < 2) {
      return List.of(whole);
    }
    Comparator<DeferrableJob> slack =
        Comparator.comparingDouble(Placement::slack).thenComparing(DeferrableJob::id);
    Comparator<DeferrableJob> work =
        Comparator.comparingDouble((DeferrableJob job) -> -job.workSeconds())
            .thenComparing(DeferrableJob::id);
    return List.of(whole.stream().sorted(slack).toList(), whole.stream().sorted(work).toList());
  }

  private static double slack(DeferrableJob job) {
    return job.deadlineSeconds() - job.releaseSeconds() - job.workSeconds() / job.devices();
  }

  private Optional<List<Run>> first(List<DeferrableJob> order) {
    return first(order, false);
  }

  private Optional<List<Run>> first(List<DeferrableJob> order, boolean partOfLast) {
    List<DeferrableJob> tried = new ArrayList<>(order);
    for (int attempt = 0; attempt <= order.size(); attempt++) {
      List<Run> runs = new ArrayList<>();
      int failed = place(tried, runs, partOfLast);
      if (failed < 0) {
        return Optional.of(runs);
      }
      if (failed == 0) {
        return Optional.empty();
      }
      tried.addFirst(tried.remove(failed));
    }
    return Optional.empty();
  }

  /** Places jobs in their order; returns the number of the one that finds no place, or -1. */
  private int place(List<DeferrableJob> order, List<Run> runs, boolean partOfLast) {
    List<DeferrableJob> needed =
        partOfLast ? divisible.subList(0, divisible.size() - 1) : divisible;
    Grid grid = new Grid(problem);
    if (!new Spread(grid, needed).holds()) {
      return 0;
    }
    for (int j = 0; j < order.size(); j++) {
      Optional<Run> run =
          candidates(grid, order.get(j)).stream()
              .map(Candidate::run)
              .filter(each -> leavesRoom(grid, each, needed))
              .findFirst();
      if (run.isEmpty()) {
        return j;
      }
      runs.add(run.get());
      grid.take(run.get());
    }
    return -1;
  }

  private static boolean leavesRoom(Grid grid, Run run, List<DeferrableJob> needed) {
    if (needed.isEmpty()) {
      return true;
    }
    Grid left = grid.copy();
    left.take(run);
    return new Spread(left, needed).holds();
  }

  /** A start with its score alone. */
  private record Candidate(Run run, Score score) {}

  /** Returns where a job fits, best first. */
  private static List<Candidate> candidates(Grid grid, DeferrableJob job) {
    List<Candidate> candidates = new ArrayList<>();
    int[] stretches = grid.stretches(job);
    for (int pool : grid.pools(job)) {
      for (double start : starts(grid, job, job.secondsOn(grid.pool(pool)))) {
        Run run = new Run(job, pool, start, start + job.secondsOn(grid.pool(pool)), job.devices());
        if (grid.fits(run)) {
          candidates.add(new Candidate(run, Score.of(grid, run, stretches)));
        }
      }
    }
    // A sort by score alone would not be transitive, as scores that differ by rounding are equal.
    candidates.sort(
        Comparator.comparingDouble((Candidate each) -> rounded(each.score.stretches()))
            .thenComparingDouble(each -> rounded(each.score.cost()))
            .thenComparingDouble(each -> each.run.start()));
    return candidates;
  }

  private static double rounded(double value) {
    return (float) value;
  }

  private static double[] starts(Grid grid, DeferrableJob job, double seconds) {
    double last = job.deadlineSeconds() - seconds;
    double slack = Grid.NO_WORK * seconds;
    return java.util.stream.IntStream.rangeClosed(0, grid.size())
        .mapToDouble(s -> s < grid.size() ? grid.start(s) : grid.end())
        .flatMap(time -> java.util.stream.DoubleStream.of(time, time - seconds))
        .filter(start -> start >= job.releaseSeconds() - slack && start <= last + slack)
        .map(start -> Math.max(start, job.releaseSeconds()))
        .sorted()
        .distinct()
        .toArray();
  }

  private Placed improved(List<Run> start) {
    List<Run> runs = new ArrayList<>(start);
    Score score = score(runs).orElseThrow();
    boolean isBetter = true;
    while (isBetter && trials < MOST_TRIALS) {
      isBetter = false;
      for (int r = 0; r < runs.size(); r++) {
        Optional<Run> moved = moved(runs, r, score);
        if (moved.isPresent()) {
          runs.set(r, moved.get());
          score = score(runs).orElseThrow();
          isBetter = true;
        }
      }
    }
    List<Run> all = new ArrayList<>(runs);
    new Spread(left(runs), divisible).best().ifPresent(spread -> all.addAll(spread.runs()));
    return new Placed(all, score);
  }

  /** Returns the best other place of a run, if all together gain by it. */
  private Optional<Run> moved(List<Run> runs, int r, Score score) {
    List<Run> others = new ArrayList<>(runs);
    Run own = others.remove(r);
    Score least = score(others).orElse(Score.NONE);
    Optional<Run> best = Optional.empty();
    Score bestScore = score;
    for (Candidate candidate : candidates(left(others), own.job())) {
      boolean isHopeful = least.plus(candidate.score).isBelow(bestScore);
      if (!isHopeful || trials >= MOST_TRIALS) {
        return best;
      }
      others.add(candidate.run);
      Optional<Score> found = score(others);
      others.removeLast();
      if (found.isPresent() && found.get().isBelow(bestScore)) {
        best = Optional.of(candidate.run);
        bestScore = found.get();
      }
    }
    return best;
  }

  /**
   * Returns the score of runs with the interruptible jobs beside them; empty where they do not fit.
   */
  private Optional<Score> score(List<Run> runs) {
    Grid grid = left(runs);
    Score fixed = Score.NONE;
    for (Run run : runs) {
      fixed = fixed.plus(Score.of(grid, run, grid.stretches(run.job())));
    }
    Score sum = fixed;
    trials += (long) divisible.size() * grid.size();
    return new Spread(grid, divisible).best().map(spread -> spread.score().plus(sum));
  }
}
