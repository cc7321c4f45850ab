package io.waip.cli.bench.planner;

import io.waip.cli.control.ControlStep;
import io.waip.cli.control.SeenWindow;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.JudgedService;
import io.waip.scheduler.plan.apply.PlanStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the loop predicted of whole windows in which one plan served, beside what was measured.
 *
 * @param predicted by the replay of the window's requests
 * @param measured by the sender
 * @param goodput intervals stated for the windows' goodput
 */
record Forecasts(
    PlannerFigures.Outlook predicted, PlannerFigures.Outlook measured, Intervals goodput) {
  /** Compares over all windows of a run before and after which the same plan stayed. */
  static Forecasts of(PlannerRace.Looped looped) {
    List<Double> predictedRps = new ArrayList<>();
    List<Double> predictedP99 = new ArrayList<>();
    List<Double> measuredRps = new ArrayList<>();
    List<Double> measuredP99 = new ArrayList<>();
    List<SeenWindow> windows = looped.log().windows();
    List<ControlStep> steps = looped.log().steps();
    for (int i = 1; i < windows.size(); i++) {
      boolean stayed =
          steps.get(i - 1).step().trialShare() == 0
              && steps.get(i).plans().inForce().isPresent()
              && steps.get(i - 1).step().kind() == PlanStep.Kind.KEEP;
      if (stayed) {
        JudgedPlan judged = steps.get(i).plans().inForce().get();
        long from = windows.get(i).startNanos() - looped.startNanos();
        long to = windows.get(i).endNanos() - looped.startNanos();
        predictedRps.add(judged.goodPerSecond());
        predictedP99.add(p99(judged));
        measuredRps.add(looped.run().goodputRps(from, to));
        measuredP99.add(looped.run().p99Millis(from, to));
      }
    }
    return new Forecasts(
        new PlannerFigures.Outlook(median(predictedRps), median(predictedP99), predictedRps.size()),
        new PlannerFigures.Outlook(median(measuredRps), median(measuredP99), measuredRps.size()),
        Intervals.of(predictedRps, measuredRps));
  }

  /** The longest of the services' percentiles stands for all. */
  private static double p99(JudgedPlan judged) {
    return judged.services().stream()
        .map(JudgedService::answers)
        .mapToDouble(JudgedService.Answers::p99Millis)
        .filter(millis -> !Double.isNaN(millis))
        .max()
        .orElse(Double.NaN);
  }

  private static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
