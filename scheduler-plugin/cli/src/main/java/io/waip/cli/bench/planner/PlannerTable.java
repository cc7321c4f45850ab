package io.waip.cli.bench.planner;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints the figures of a run. */
final class PlannerTable {
  private final PrintWriter out;

  PlannerTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints all. */
  void print(PlannerFigures f) {
    f.steps().forEach(step -> out.println("  " + step));
    line(
        "%-10s %9s %9s %9s %6s %7s  %s",
        "phase", "offered", "planned", "best", "of it", "settled", "best static plan");
    for (PlannerFigures.PhaseFigures phase : f.phases()) {
      line(
          "%-10s %9.1f %9.1f %9.1f %6.3f %7s  %s",
          phase.name(),
          phase.offeredRps(),
          phase.planned(),
          phase.bestStatic(),
          phase.plannedOverBest(),
          phase.settlePeriods() == null ? "-" : phase.settlePeriods(),
          phase.bestStaticPlan());
    }
    line(
        "whole run %.1f/s, best single static plan %.1f/s (%s): %.3f",
        f.plannedTotal(),
        f.bestSingleStatic(),
        f.bestSingleStaticPlan(),
        f.plannedOverBestSingleStatic());
    line(
        "predicted %.1f/s and p99 %.1f ms, measured %.1f/s and %.1f ms, medians of %d windows",
        f.predicted().goodputRps(),
        f.predicted().p99Ms(),
        f.measured().goodputRps(),
        f.measured().p99Ms(),
        f.measured().windows());
    line(
        "intervals stated for %d windows held in %d",
        f.goodputIntervals().windows(), f.goodputIntervals().covered());
    line(
        "%d changes, at most %d a dwell; wrong cost model taken back after %s windows;"
            + " second run of the windows %s; sent %.1f ms late (p99); %d lost",
        f.changes(),
        f.mostChangesPerDwell(),
        f.rollbackWindows() == null ? "-" : f.rollbackWindows(),
        f.secondRunIdentical() ? "identical" : "DIFFERENT",
        f.sendLagP99Ms(),
        f.lost());
    line(f.missed().isEmpty() ? "all bars met" : "missed: " + String.join("; ", f.missed()));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats are those of this file
  private void line(String format, Object... values) {
    out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
