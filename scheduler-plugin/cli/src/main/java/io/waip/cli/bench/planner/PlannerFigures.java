package io.waip.cli.bench.planner;

import io.waip.cli.demo.Machine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures of a run, as JSON; rates in requests per second answered in time. */
record PlannerFigures(
    double sloMs,
    double periodS,
    double phaseS,
    List<PhaseFigures> phases,
    double bestSingleStatic,
    String bestSingleStaticPlan,
    double plannedTotal,
    double plannedOverBestSingleStatic,
    @Nullable Integer rollbackWindows,
    Outlook predicted,
    Outlook measured,
    Intervals goodputIntervals,
    int changes,
    int mostChangesPerDwell,
    boolean secondRunIdentical,
    List<String> steps,
    double sendLagP99Ms,
    long lost,
    Machine machine,
    List<String> missed) {
  /**
   * A phase.
   *
   * @param planned after the first three periods
   * @param bestStatic of the plan that the sweep found best for this phase
   * @param settlePeriods periods until goodput was 0.95 of the best static plan's; null where it
   *     never was
   */
  record PhaseFigures(
      String name,
      double offeredRps,
      double planned,
      double plannedOverBest,
      double bestStatic,
      String bestStaticPlan,
      @Nullable Integer settlePeriods,
      Map<String, Double> statics) {}

  /**
   * What was predicted for windows in which a plan stayed, or measured in them.
   *
   * @param goodputRps median over the windows
   * @param p99Ms median over the windows
   * @param windows how many
   */
  record Outlook(double goodputRps, double p99Ms, int windows) {}
}
