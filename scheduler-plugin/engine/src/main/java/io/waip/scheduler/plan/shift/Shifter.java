package io.waip.scheduler.plan.shift;

import io.waip.api.resource.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Plans deferrable work.
 *
 * <p>Interruptible jobs are divided optimally, as devices' time is divisible; jobs that run in one
 * go are placed by a search, and what is optimal for the others holds given their places ({@link
 * ShiftPlan#isProven}). Where not all jobs fit, they are taken by earliest deadline, then id, and
 * one that does not fit beside those taken before is left out.
 *
 * <p>Of times whose cost is unknown nothing is guessed. A job is worked on as if now while nothing
 * is known of the aim at its pools; it is shifted within a stretch of which all is known; and it
 * does not wait from one such stretch for the next while it has room in it.
 *
 * <p>Stateless; any thread. Bounded in steps, not in time.
 */
public final class Shifter {
  /** Relative difference up to which numbers of devices are alike. */
  private static final double ALIKE = 1e-7;

  private Shifter() {}

  /**
   * Returns the plan.
   *
   * @throws IllegalStateException if a plan was found that breaks a rule of {@link ShiftCheck}: a
   *     fault of the planner
   */
  public static ShiftPlan plan(ShiftProblem problem) {
    List<DeferrableJob> admitted = admitted(problem);
    List<DeferrableJob> rejected = new ArrayList<>(problem.jobs());
    rejected.removeAll(admitted);
    ShiftProblem feasible = problem.withJobs(admitted);
    Optional<Placement.Placed> placed = Placement.best(feasible);
    List<Run> runs = placed.orElseThrow().runs();
    Relaxing relaxing = new Relaxing(feasible);
    Figure uncapped = Bill.of(feasible, AtOnce.runs(feasible.withoutCap())).peakWatts();
    ShiftPlan plan =
        new ShiftPlan(
            work(problem, runs),
            rejected.stream().map(relaxing::of).toList(),
            Bill.of(feasible, runs),
            Bill.of(feasible, AtOnce.runs(feasible)),
            uncapped,
            admitted.stream().allMatch(DeferrableJob::isInterruptible));
    List<String> violations = ShiftCheck.violations(problem, plan);
    if (!violations.isEmpty()) {
      throw new IllegalStateException(String.join("; ", violations));
    }
    return plan;
  }

  private static List<DeferrableJob> admitted(ShiftProblem problem) {
    if (Placement.holds(problem)) {
      return problem.jobs();
    }
    List<DeferrableJob> admitted = new ArrayList<>();
    List<DeferrableJob> byDeadline =
        problem.jobs().stream()
            .sorted(
                Comparator.comparingLong(DeferrableJob::deadlineSeconds)
                    .thenComparing(DeferrableJob::id))
            .toList();
    for (DeferrableJob job : byDeadline) {
      admitted.add(job);
      if (!Placement.holds(problem.withJobs(admitted))) {
        admitted.removeLast();
      }
    }
    return admitted;
  }

  /** Returns the runs by time, those of a job that go on alike made one. */
  private static List<ShiftPlan.Work> work(ShiftProblem problem, List<Run> runs) {
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort(
        Comparator.comparing((Run run) -> run.job().id())
            .thenComparingInt(Run::pool)
            .thenComparingDouble(Run::start));
    List<ShiftPlan.Work> work = new ArrayList<>();
    for (Run run : sorted) {
      String pool = problem.pools().get(run.pool()).name();
      ShiftPlan.Work next =
          new ShiftPlan.Work(run.job().id(), pool, run.start(), run.end(), run.devices());
      ShiftPlan.Work last = work.isEmpty() ? next : work.getLast();
      if (goesOn(last, next)) {
        double start = work.removeLast().startSeconds();
        next = new ShiftPlan.Work(next.job(), pool, start, run.end(), last.devices());
      }
      work.add(next);
    }
    work.sort(
        Comparator.comparingDouble(ShiftPlan.Work::startSeconds)
            .thenComparing(ShiftPlan.Work::job)
            .thenComparing(ShiftPlan.Work::pool));
    return work;
  }

  private static boolean goesOn(ShiftPlan.Work last, ShiftPlan.Work next) {
    return last.job().equals(next.job())
        && last.pool().equals(next.pool())
        && last.endSeconds() == next.startSeconds()
        && Math.abs(last.devices() - next.devices()) <= ALIKE * last.devices();
  }
}
