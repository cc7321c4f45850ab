package io.waip.scheduler.plan.shift;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** What alone would let a job be done beside those that are planned. */
final class Relaxing {
  private final ShiftProblem planned;

  /** Creates it for the jobs that are planned, which fit together. */
  Relaxing(ShiftProblem planned) {
    this.planned = planned;
  }

  ShiftPlan.Undone of(DeferrableJob job) {
    return new ShiftPlan.Undone(
        job.id(),
        job.isInterruptible() ? Placement.mostOfLast(with(job)) : 0,
        enoughDeadline(job),
        enoughWatts(job),
        !job.isInterruptible() && Placement.holds(with(job.interruptible())));
  }

  private ShiftProblem with(DeferrableJob job) {
    List<DeferrableJob> jobs = new ArrayList<>(planned.jobs());
    jobs.add(job);
    return planned.withJobs(jobs);
  }

  private OptionalLong enoughDeadline(DeferrableJob job) {
    long end = planned.slots().getLast().endSeconds();
    LongPredicate fits = seconds -> Placement.holds(with(job.withDeadline(seconds)));
    long from = Math.max(job.deadlineSeconds(), job.releaseSeconds());
    return from < end && fits.test(end)
        ? OptionalLong.of(least(from, end, fits))
        : OptionalLong.empty();
  }

  /** Whole watts: the cap is one of a building. */
  private OptionalDouble enoughWatts(DeferrableJob job) {
    if (planned.wattsCap().isEmpty() || !Placement.holds(with(job).withoutCap())) {
      return OptionalDouble.empty();
    }
    long low = (long) Math.floor(planned.wattsCap().getAsDouble());
    long most = (long) Math.ceil(all(job));
    LongPredicate fits = watts -> Placement.holds(with(job).withCap(watts));
    return OptionalDouble.of(least(low, most, fits));
  }

  /** Returns what all devices draw together, whichever job is on them. */
  private double all(DeferrableJob added) {
    double sum = 0;
    for (DevicePool pool : planned.pools()) {
      double each = pool.busyWatts().orElse(0);
      for (DeferrableJob job : with(added).jobs()) {
        each = Math.max(each, pool.idleWatts().orElse(0) + pool.addedWatts(job));
      }
      sum += each * pool.devices();
    }
    return sum;
  }

  /** Returns the least that does in {@code (low, high]}, where {@code high} does. */
  private static long least(long low, long high, LongPredicate does) {
    long not = low;
    long enough = Math.max(high, low + 1);
    while (enough - not > 1) {
      long middle = not + (enough - not) / 2;
      if (does.test(middle)) {
        enough = middle;
      } else {
        not = middle;
      }
    }
    return enough;
  }
}
