package io.waip.scheduler.plan.shift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The same jobs as early as they can be: by earliest deadline, each on what the ones before it
 * leave, whatever energy costs. What it is compared with is a fleet that works off its queue.
 */
final class AtOnce {
  private final Grid grid;
  private final List<Run> runs = new ArrayList<>();

  private AtOnce(Grid grid) {
    this.grid = grid;
  }

  /** Returns the runs; a job that the slots have no room for is done in part, or not at all. */
  static List<Run> runs(ShiftProblem problem) {
    AtOnce atOnce = new AtOnce(new Grid(problem));
    problem.jobs().stream()
        .sorted(
            Comparator.comparingLong(DeferrableJob::deadlineSeconds)
                .thenComparing(DeferrableJob::id))
        .forEach(atOnce::add);
    return atOnce.runs;
  }

  private void add(DeferrableJob job) {
    if (job.isInterruptible()) {
      addParts(job);
    } else {
      addWhole(job);
    }
  }

  private void addWhole(DeferrableJob job) {
    for (int s = 0; s < grid.size(); s++) {
      double start = Math.max(grid.start(s), job.releaseSeconds());
      for (int pool : start < grid.end(s) ? grid.pools(job) : new int[0]) {
        double seconds = job.secondsOn(grid.pool(pool));
        Run run = new Run(job, pool, start, start + seconds, job.devices());
        if (grid.fits(run)) {
          take(run);
          return;
        }
      }
    }
  }

  private void addParts(DeferrableJob job) {
    double left = job.workSeconds();
    for (int s = 0; s < grid.size() && left > Grid.NO_WORK * job.workSeconds(); s++) {
      if (grid.start(s) >= job.releaseSeconds()) {
        List<Run> here = part(job, s);
        double speed =
            here.stream().mapToDouble(run -> run.devices() * grid.pool(run.pool()).speed()).sum();
        double end = Math.min(grid.end(s), grid.start(s) + (speed > 0 ? left / speed : 0));
        for (Run run : speed > 0 ? here : List.<Run>of()) {
          take(new Run(job, run.pool(), run.start(), end, run.devices()));
        }
        left -= speed > 0 ? speed * (end - grid.start(s)) : 0;
      }
    }
  }

  /** Returns the most that a job can have in a segment, its pools in order. */
  private List<Run> part(DeferrableJob job, int segment) {
    List<Run> parts = new ArrayList<>();
    double devices = job.devices();
    double watts = grid.watts(segment);
    for (int pool : grid.pools(job)) {
      double each = grid.pool(pool).addedWatts(job);
      double most = Math.min(devices, grid.spare(segment, pool));
      most = each > 0 && !Double.isInfinite(watts) ? Math.min(most, watts / each) : most;
      if (most > Grid.NO_WORK) {
        parts.add(new Run(job, pool, grid.start(segment), grid.end(segment), most));
        devices -= most;
        watts -= each > 0 ? each * most : 0;
      }
    }
    return parts;
  }

  private void take(Run run) {
    grid.take(run);
    runs.add(run);
  }
}
