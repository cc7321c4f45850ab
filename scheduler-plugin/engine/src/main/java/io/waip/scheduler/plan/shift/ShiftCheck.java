package io.waip.scheduler.plan.shift;

import io.waip.scheduler.plan.shift.ShiftPlan.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what a plan breaks of its problem, from the definitions alone: it knows nothing of how plans
 * are found.
 */
public final class ShiftCheck {
  /** Relative difference up to which figures count as equal. */
  public static final double TOLERANCE = 1e-6;

  private final ShiftProblem problem;
  private final ShiftPlan plan;
  private final List<String> violations = new ArrayList<>();

  private ShiftCheck(ShiftProblem problem, ShiftPlan plan) {
    this.problem = problem;
    this.plan = plan;
  }

  /** Returns what the plan breaks, one line each; empty where it breaks nothing. */
  public static List<String> violations(ShiftProblem problem, ShiftPlan plan) {
    ShiftCheck check = new ShiftCheck(problem, plan);
    check.names();
    problem.jobs().forEach(check::job);
    TreeSet<Double> times = new TreeSet<>();
    plan.work().forEach(work -> times.add(work.startSeconds()));
    problem.slots().forEach(slot -> times.add((double) slot.startSeconds()));
    times.forEach(check::time);
    return List.copyOf(check.violations);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      violations.add(rule);
    }
  }

  private static boolean atMost(double value, double bound) {
    return value <= bound + TOLERANCE * Math.max(1e-3, Math.abs(bound));
  }

  private void names() {
    Set<String> jobs = new HashSet<>();
    problem.jobs().forEach(job -> jobs.add(job.id()));
    plan.work().forEach(work -> require(jobs.contains(work.job()), "no job " + work.job()));
    plan.undone().forEach(each -> require(jobs.contains(each.job()), "no job " + each.job()));
  }

  private List<Work> of(DeferrableJob job) {
    return plan.work().stream().filter(work -> work.job().equals(job.id())).toList();
  }

  private void job(DeferrableJob job) {
    List<Work> parts = of(job);
    double work = 0;
    for (Work part : parts) {
      require(job.pools().contains(part.pool()), job.id() + " on pool " + part.pool());
      require(
          part.startSeconds() >= job.releaseSeconds() - TOLERANCE
              && part.endSeconds() <= job.deadlineSeconds() + TOLERANCE,
          job.id() + " outside of its window");
      require(part.devices() > 0 && part.deviceSeconds() > 0, job.id() + " with no work");
      work += part.deviceSeconds() * pool(part.pool()).speed();
    }
    boolean isUndone = plan.undone().stream().anyMatch(each -> each.job().equals(job.id()));
    double planned = isUndone ? 0 : job.workSeconds();
    require(
        Math.abs(work - planned) <= TOLERANCE * job.workSeconds(),
        "%s: %s of %s work".formatted(job.id(), work, planned));
    if (!job.isInterruptible() && !parts.isEmpty()) {
      require(
          parts.size() == 1 && parts.getFirst().devices() == job.devices(),
          job.id() + " is interrupted or not on all its devices");
    }
  }

  private DevicePool pool(String name) {
    return problem.pools().stream()
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no pool " + name));
  }

  private void time(double time) {
    List<ShiftSlot> slots =
        problem.slots().stream()
            .filter(slot -> slot.startSeconds() <= time && time < slot.endSeconds())
            .toList();
    require(slots.size() == 1, "work at %s, outside of all slots".formatted(time));
    double watts = 0;
    for (int p = 0; p < problem.pools().size() && slots.size() == 1; p++) {
      DevicePool pool = problem.pools().get(p);
      double spare = slots.getFirst().pools().get(p).spareDevices();
      double busy = plan.devicesAt(pool.name(), time);
      require(
          atMost(busy, spare),
          "%s at %s: %s devices of %s spare".formatted(pool.name(), time, busy, spare));
      watts += pool.baseWatts(spare);
    }
    double base = watts;
    for (DeferrableJob job : problem.jobs()) {
      double devices = 0;
      for (Work part : of(job)) {
        if (part.isAt(time)) {
          devices += part.devices();
          watts += part.devices() * pool(part.pool()).addedWatts(job);
        }
      }
      require(
          atMost(devices, job.devices()),
          "%s at %s: %s devices of %d".formatted(job.id(), time, devices, job.devices()));
    }
    if (problem.wattsCap().isPresent()) {
      double cap = Math.max(base, problem.wattsCap().getAsDouble());
      require(atMost(watts, cap), "at %s: %s W of %s".formatted(time, watts, cap));
    }
  }
}
