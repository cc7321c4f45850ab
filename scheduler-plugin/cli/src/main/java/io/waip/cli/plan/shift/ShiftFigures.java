package io.waip.cli.plan.shift;

import io.waip.api.resource.Figure;
import io.waip.scheduler.plan.shift.DevicePool;
import io.waip.scheduler.plan.shift.ShiftPlan;
import io.waip.scheduler.plan.shift.ShiftProblem;
import io.waip.scheduler.plan.shift.ShiftSlot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The figures of a plan for deferrable work; an unknown figure is null. */
record ShiftFigures(
    String save,
    @Nullable Double capWatts,
    List<Slot> slots,
    List<Work> work,
    List<Undone> undone,
    Totals shifted,
    Totals atOnce,
    @Nullable Double atOncePeakWattsWithoutCap,
    boolean provenOptimal) {

  /** A device in a slot; devices are means over it. */
  record Slot(
      String start,
      String end,
      String device,
      @Nullable Double moneyPerKwh,
      @Nullable Double gramsPerKwh,
      double spareDevices,
      double plannedDevices,
      @Nullable Double watts) {}

  /** A stretch of a job. */
  record Work(String job, String device, String start, String end, double devices) {}

  /** A job that does not fit. */
  record Undone(
      String job,
      double fitsDeviceSeconds,
      @Nullable String enoughDeadline,
      @Nullable Double enoughWatts,
      boolean fitsInterrupted) {}

  /** What all work takes. */
  record Totals(
      @Nullable Double kwh,
      @Nullable Double money,
      @Nullable Double grams,
      @Nullable Double peakWatts,
      int lateJobs,
      List<String> missing) {}

  static ShiftFigures of(ShiftProblem problem, ShiftPlan plan) {
    return new ShiftFigures(
        problem.aim().name().toLowerCase(Locale.ROOT),
        orNull(problem.wattsCap()),
        slots(problem, plan),
        plan.work().stream()
            .map(each ->
                new Work(
                    each.job(),
                    each.pool(),
                    time(each.startSeconds()),
                    time(each.endSeconds()),
                    each.devices()))
            .toList(),
        plan.undone().stream().map(ShiftFigures::undone).toList(),
        totals(plan.shifted()),
        totals(plan.atOnce()),
        orNull(plan.atOnceWithoutCap()),
        plan.isProven());
  }

  private static List<Slot> slots(ShiftProblem problem, ShiftPlan plan) {
    List<Slot> slots = new ArrayList<>();
    for (ShiftSlot slot : problem.slots()) {
      for (int p = 0; p < problem.pools().size(); p++) {
        DevicePool pool = problem.pools().get(p);
        ShiftSlot.Supply supply = slot.pools().get(p);
        double planned = mean(plan, pool.name(), slot);
        slots.add(
            new Slot(
                time(slot.startSeconds()),
                time(slot.endSeconds()),
                pool.name(),
                orNull(supply.terms().moneyPerKilowattHour()),
                orNull(supply.terms().gramsPerKilowattHour()),
                supply.spareDevices(),
                planned,
                watts(problem, plan, slot, p)));
      }
    }
    return slots;
  }

  private static double mean(ShiftPlan plan, String pool, ShiftSlot slot) {
    return plan.work().stream()
            .filter(work -> work.pool().equals(pool))
            .mapToDouble(work -> work.devices() * seconds(work, slot))
            .sum()
        / (slot.endSeconds() - slot.startSeconds());
  }

  private static double seconds(ShiftPlan.Work work, ShiftSlot slot) {
    double end = Math.min(work.endSeconds(), slot.endSeconds());
    return Math.max(0, end - Math.max(work.startSeconds(), slot.startSeconds()));
  }

  /** Mean of all that a pool draws in a slot. */
  private static @Nullable Double watts(
      ShiftProblem problem, ShiftPlan plan, ShiftSlot slot, int pool) {
    DevicePool devices = problem.pools().get(pool);
    double watts = devices.baseWatts(slot.pools().get(pool).spareDevices());
    for (ShiftPlan.Work work : plan.work()) {
      if (work.pool().equals(devices.name())) {
        double added =
            problem.jobs().stream()
                .filter(job -> job.id().equals(work.job()))
                .mapToDouble(devices::addedWatts)
                .sum();
        watts +=
            added
                * work.devices()
                * seconds(work, slot)
                / (slot.endSeconds() - slot.startSeconds());
      }
    }
    return Double.isNaN(watts) ? null : watts;
  }

  private static Undone undone(ShiftPlan.Undone each) {
    OptionalLong enough = each.enoughDeadlineSeconds();
    return new Undone(
        each.job(),
        each.fitsWorkSeconds(),
        enough.isPresent() ? time(enough.getAsLong()) : null,
        orNull(each.enoughWatts()),
        each.fitsInterrupted());
  }

  private static Totals totals(ShiftPlan.Totals totals) {
    List<String> missing =
        List.of(totals.money(), totals.grams(), totals.peakWatts()).stream()
            .filter(figure -> !figure.isKnown())
            .flatMap(figure -> figure.basis().stream())
            .distinct()
            .toList();
    return new Totals(
        orNull(totals.kilowattHours()),
        orNull(totals.money()),
        orNull(totals.grams()),
        orNull(totals.peakWatts()),
        totals.late(),
        missing);
  }

  private static @Nullable Double orNull(Figure figure) {
    return figure.isKnown() ? (Double) figure.value() : null;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private static String time(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000)).toString();
  }

  /** Returns what of the aim the plan saves against doing all at once; empty where unknown. */
  Optional<Double> savedShare() {
    Double before = save.equals("money") ? atOnce.money() : atOnce.grams();
    Double after = save.equals("money") ? shifted.money() : shifted.grams();
    return before == null || after == null || before == 0
        ? Optional.empty()
        : Optional.of(1 - after / before);
  }
}
