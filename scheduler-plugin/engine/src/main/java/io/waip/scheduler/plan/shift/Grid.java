package io.waip.scheduler.plan.shift;

import io.waip.api.resource.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * The slots of a problem cut wherever something begins or ends, with what is left in each segment:
 * spare devices of each pool and watts below the cap. Time is in seconds since the epoch.
 */
final class Grid {
  /** Share of a job below which nothing is left of it. */
  static final double NO_WORK = 1e-9;

  /** Devices and watts by which a fit may be missed, relative to what is asked for. */
  private static final double SLACK = 1e-9;

  private final ShiftProblem problem;
  private final List<Segment> segments = new ArrayList<>();

  /** A segment; single writer. */
  private static final class Segment {
    final double start;
    final double end;
    final ShiftSlot slot;
    final double[] spare;
    double watts;

    Segment(double start, double end, ShiftSlot slot, double[] spare, double watts) {
      this.start = start;
      this.end = end;
      this.slot = slot;
      this.spare = spare;
      this.watts = watts;
    }
  }

  Grid(ShiftProblem problem) {
    this.problem = problem;
    for (ShiftSlot slot : problem.slots()) {
      double[] spare = slot.pools().stream().mapToDouble(ShiftSlot.Supply::spareDevices).toArray();
      segments.add(
          new Segment(
              slot.startSeconds(), slot.endSeconds(), slot, spare, wattsLeft(problem, slot)));
    }
    for (DeferrableJob job : problem.jobs()) {
      cut(job.releaseSeconds());
      cut(job.deadlineSeconds());
    }
  }

  private Grid(Grid other) {
    problem = other.problem;
    for (Segment each : other.segments) {
      segments.add(new Segment(each.start, each.end, each.slot, each.spare.clone(), each.watts));
    }
  }

  private static double wattsLeft(ShiftProblem problem, ShiftSlot slot) {
    if (problem.wattsCap().isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    double base = 0;
    for (int p = 0; p < problem.pools().size(); p++) {
      base += problem.pools().get(p).baseWatts(slot.pools().get(p).spareDevices());
    }
    return Math.max(0, problem.wattsCap().getAsDouble() - base);
  }

  /** Returns a copy that changes alone. */
  Grid copy() {
    return new Grid(this);
  }

  /** Makes a time a boundary, where it lies inside of the slots. */
  void cut(double time) {
    int s = at(time);
    if (s < 0 || segments.get(s).start == time) {
      return;
    }
    Segment whole = segments.get(s);
    Segment first = new Segment(whole.start, time, whole.slot, whole.spare.clone(), whole.watts);
    Segment second = new Segment(time, whole.end, whole.slot, whole.spare, whole.watts);
    segments.set(s, first);
    segments.add(s + 1, second);
  }

  /** Returns the segment that holds a time, or -1. */
  private int at(double time) {
    int low = 0;
    int high = segments.size() - 1;
    if (time < segments.getFirst().start || time >= segments.getLast().end) {
      return -1;
    }
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).start <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  int size() {
    return segments.size();
  }

  double start(int segment) {
    return segments.get(segment).start;
  }

  double end(int segment) {
    return segments.get(segment).end;
  }

  double seconds(int segment) {
    return end(segment) - start(segment);
  }

  /** Returns the devices of a pool that are left. */
  double spare(int segment, int pool) {
    return segments.get(segment).spare[pool];
  }

  /** Returns the watts that are left; infinite without a cap. */
  double watts(int segment) {
    return segments.get(segment).watts;
  }

  double end() {
    return segments.getLast().end;
  }

  /** Says whether a segment lies in a job's window. */
  boolean isOpen(int segment, DeferrableJob job) {
    return start(segment) >= job.releaseSeconds() && end(segment) <= job.deadlineSeconds();
  }

  /** Returns the aim's cost of a device-second of a job, unknown where price or watts are. */
  double costPerSecond(int segment, int pool, DeferrableJob job) {
    Figure perKilowattHour =
        problem.aim().perKilowattHour(segments.get(segment).slot.pools().get(pool));
    return perKilowattHour.isKnown()
        ? perKilowattHour.value() * problem.pools().get(pool).addedWatts(job) / 3.6e6
        : Double.NaN;
  }

  /** Returns the numbers of the pools where a job may run, in its order. */
  int[] pools(DeferrableJob job) {
    return job.pools().stream().mapToInt(this::number).toArray();
  }

  private int number(String pool) {
    for (int p = 0; p < problem.pools().size(); p++) {
      if (problem.pools().get(p).name().equals(pool)) {
        return p;
      }
    }
    throw new IllegalArgumentException("no pool " + pool);
  }

  int pools() {
    return problem.pools().size();
  }

  DevicePool pool(int number) {
    return problem.pools().get(number);
  }

  /**
   * Returns for each segment how many times, from the job's release on, what is known of all its
   * pools has begun or ended to be known. Work does not wait from one such stretch for the next:
   * that would be a guess.
   */
  int[] stretches(DeferrableJob job) {
    int[] pools = pools(job);
    int[] stretches = new int[size()];
    int stretch = 0;
    boolean isFirst = true;
    boolean wasKnown = false;
    for (int s = 0; s < size(); s++) {
      if (isOpen(s, job)) {
        boolean isKnown = isKnown(s, pools, job);
        stretch += isFirst || isKnown == wasKnown ? 0 : 1;
        isFirst = false;
        wasKnown = isKnown;
        stretches[s] = stretch;
      }
    }
    return stretches;
  }

  private boolean isKnown(int segment, int[] pools, DeferrableJob job) {
    for (int pool : pools) {
      if (Double.isNaN(costPerSecond(segment, pool, job))) {
        return false;
      }
    }
    return true;
  }

  /** Says whether a run fits into what is left. */
  boolean fits(Run run) {
    if (run.start() < start(0) || run.end() > end() * (1 + 1e-15)) {
      return false;
    }
    for (int s = at(run.start()); s < size() && start(s) < run.end(); s++) {
      boolean isRoom = spare(s, run.pool()) >= run.devices() * (1 - SLACK);
      if (!isRoom || watts(s) < wattsOf(run) * (1 - SLACK)) {
        return false;
      }
    }
    return true;
  }

  /** Takes a run's devices and watts; cuts at its ends. */
  void take(Run run) {
    cut(run.start());
    cut(run.end());
    for (int s = at(run.start()); s < size() && start(s) < run.end(); s++) {
      Segment segment = segments.get(s);
      segment.spare[run.pool()] = Math.max(0, segment.spare[run.pool()] - run.devices());
      segment.watts = Math.max(0, segment.watts - wattsOf(run));
    }
  }

  private double wattsOf(Run run) {
    double each = pool(run.pool()).addedWatts(run.job());
    return Double.isNaN(each) ? 0 : each * run.devices();
  }
}
