package io.waip.scheduler.plan.shift;

import io.waip.api.resource.EnergyTerms;
import io.waip.api.resource.Figure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** What runs take of a problem, from the definitions alone. */
final class Bill {
  private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

  /** Share of a job's work that is all of it. */
  private static final double ALL = 1 - 1e-6;

  private static final Figure ONE = Figure.of(1, 1, "energy itself");

  private final ShiftProblem problem;
  private final List<Run> runs;

  private Bill(ShiftProblem problem, List<Run> runs) {
    this.problem = problem;
    this.runs = runs;
  }

  /** Returns the totals. */
  static ShiftPlan.Totals of(ShiftProblem problem, List<Run> runs) {
    Bill bill = new Bill(problem, runs);
    return new ShiftPlan.Totals(
        bill.sum(terms -> ONE),
        bill.sum(EnergyTerms::moneyPerKilowattHour),
        bill.sum(EnergyTerms::gramsPerKilowattHour),
        bill.peakWatts(),
        bill.late());
  }

  private Figure sum(Function<EnergyTerms, Figure> perKilowattHour) {
    Figure sum = Figure.of(0, 1, "no work");
    for (Run run : runs) {
      for (ShiftSlot slot : problem.slots()) {
        double seconds =
            Math.min(run.end(), slot.endSeconds()) - Math.max(run.start(), slot.startSeconds());
        if (seconds > 0) {
          Figure factor = perKilowattHour.apply(slot.pools().get(run.pool()).terms());
          Figure part = kilowattHours(run, seconds).times(factor);
          sum = sum.isKnown() && sum.value() == 0 ? part : sum.plus(part);
        }
      }
    }
    return sum;
  }

  private Figure kilowattHours(Run run, double seconds) {
    DevicePool pool = problem.pools().get(run.pool());
    double watts = pool.addedWatts(run.job());
    return Double.isNaN(watts)
        ? Figure.unknown("idle and busy watts of " + pool.name())
        : Figure.of(
            watts * run.devices() * seconds / JOULES_PER_KILOWATT_HOUR,
            1,
            "watts of " + pool.name());
  }

  private Figure peakWatts() {
    TreeSet<Double> times = new TreeSet<>();
    runs.forEach(run -> times.add(run.start()));
    problem.slots().forEach(slot -> times.add((double) slot.startSeconds()));
    double peak = 0;
    for (double time : times) {
      peak = Math.max(peak, wattsAt(time));
    }
    return Double.isNaN(peak)
        ? Figure.unknown("idle and busy watts of all devices")
        : Figure.of(peak, 1, "watts of all devices");
  }

  private double wattsAt(double time) {
    double watts = 0;
    for (ShiftSlot slot : problem.slots()) {
      if (slot.startSeconds() <= time && time < slot.endSeconds()) {
        for (int p = 0; p < problem.pools().size(); p++) {
          watts += problem.pools().get(p).baseWatts(slot.pools().get(p).spareDevices());
        }
      }
    }
    for (Run run : runs) {
      if (run.start() <= time && time < run.end()) {
        watts += run.devices() * problem.pools().get(run.pool()).addedWatts(run.job());
      }
    }
    return watts;
  }

  private int late() {
    Map<String, Double> inTime = new HashMap<>();
    for (Run run : runs) {
      double end = Math.min(run.end(), run.job().deadlineSeconds());
      double work =
          Math.max(0, end - run.start()) * run.devices() * problem.pools().get(run.pool()).speed();
      inTime.merge(run.job().id(), work, Double::sum);
    }
    return (int)
        problem.jobs().stream()
            .filter(job -> inTime.getOrDefault(job.id(), 0.0) < job.workSeconds() * ALL)
            .count();
  }
}
