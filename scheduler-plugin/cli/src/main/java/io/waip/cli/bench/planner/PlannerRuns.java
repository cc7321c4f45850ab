package io.waip.cli.bench.planner;

import io.waip.cli.control.ControlStep;
import io.waip.cli.demo.Machine;
import io.waip.cli.runtime.ProgressLine;
import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.triton.PlanningSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All runs of a bench, and their figures. */
final class PlannerRuns {
  private static final double LEAST_OF_BEST = 0.95;
  private static final double LEAST_OF_SINGLE = 1.1;
  private static final int MOST_ROLLBACK_WINDOWS = 2;
  private static final double GOODPUT_WITHIN = 0.1;
  private static final double P99_WITHIN = 0.2;
  private static final int RATE_PHASE = 1;
  private static final int DWELL_PERIODS = 2;

  private final PlannerRace race;
  private final PlannerRace.Terms terms;
  private final ProgressLine progress;

  PlannerRuns(PlannerRace race, PlannerRace.Terms terms, ProgressLine progress) {
    this.race = race;
    this.terms = terms;
    this.progress = progress;
  }

  /**
   * Runs the sweep, the loop, the loop with wrong times, and the loop's windows again.
   *
   * @param wrong specification with wrong times
   */
  PlannerFigures run(PlanningSpec wrong) throws InterruptedException {
    List<Map<StaticPlan, Double>> sweep = race.sweep();
    progress.done("static", "%d plans in %d phases".formatted(sweep.get(0).size(), sweep.size()));
    PlannerRace.Looped looped = race.planned();
    PhaseScore score = new PhaseScore(looped, sweep, terms.period().toNanos());
    progress.done("planned", looped.log().windows().size() + " windows");
    StaticPlan good =
        sweep.get(RATE_PHASE).entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .orElseThrow()
            .getKey();
    PlannerRace.Looped misled = race.misled(wrong, terms.phases().get(RATE_PHASE), good);
    progress.done("misled", misled.log().windows().size() + " windows");
    boolean repeats = race.repeats(looped);
    return figures(score, looped, misled, repeats);
  }

  private PlannerFigures figures(
      PhaseScore score, PlannerRace.Looped looped, PlannerRace.Looped misled, boolean repeats)
      throws InterruptedException {
    Map.Entry<StaticPlan, Double> single = score.bestSingle();
    Optional<Integer> rollback = PlannerRace.rollbackWindows(misled.log());
    Forecasts forecasts = Forecasts.of(looped);
    List<PlannerFigures.PhaseFigures> phases = score.phases();
    PlannerFigures figures =
        new PlannerFigures(
            terms.sloNanos() / 1e6,
            terms.period().toNanos() / 1e9,
            terms.phaseSeconds(),
            phases,
            single.getValue(),
            single.getKey().title(),
            score.total(),
            score.total() / single.getValue(),
            rollback.orElse(null),
            forecasts.predicted(),
            forecasts.measured(),
            forecasts.goodput(),
            changes(looped.log().steps()),
            mostChangesPerDwell(looped),
            repeats,
            lines(looped),
            looped.run().sendLagP99Millis(),
            looped.run().lost() + misled.run().lost(),
            Machine.describe(),
            List.of());
    return withMisses(figures);
  }

  private static List<String> lines(PlannerRace.Looped looped) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < looped.log().steps().size(); i++) {
      lines.add(ArmLog.line(looped.log().windows().get(i), looped.log().steps().get(i)));
    }
    return lines;
  }

  private static boolean begins(ControlStep step) {
    // A canary is the begin of a change; the change after it is its end.
    return step.step().kind() == PlanStep.Kind.CANARY;
  }

  private static int changes(List<ControlStep> steps) {
    return (int) steps.stream().filter(PlannerRuns::begins).count();
  }

  private int mostChangesPerDwell(PlannerRace.Looped looped) {
    List<ControlStep> steps = looped.log().steps();
    int most = 0;
    for (int i = 0; i < steps.size(); i++) {
      int within = 0;
      for (int j = i; j < Math.min(steps.size(), i + DWELL_PERIODS); j++) {
        within += begins(steps.get(j)) ? 1 : 0;
      }
      most = Math.max(most, within);
    }
    return most;
  }

  private static PlannerFigures withMisses(PlannerFigures f) {
    List<String> missed = new ArrayList<>();
    for (PlannerFigures.PhaseFigures phase : f.phases()) {
      check(
          missed,
          phase.plannedOverBest() >= LEAST_OF_BEST,
          "planned of best static, " + phase.name());
    }
    check(
        missed,
        f.plannedOverBestSingleStatic() >= LEAST_OF_SINGLE,
        "planned over the best single static plan");
    Integer rollback = f.rollbackWindows();
    check(
        missed,
        rollback != null && rollback <= MOST_ROLLBACK_WINDOWS,
        "rollback of a wrong cost model");
    check(
        missed,
        near(f.predicted().goodputRps(), f.measured().goodputRps(), GOODPUT_WITHIN),
        "predicted goodput");
    check(missed, near(f.predicted().p99Ms(), f.measured().p99Ms(), P99_WITHIN), "predicted p99");
    check(missed, f.mostChangesPerDwell() <= 1, "changes per dwell");
    check(missed, f.secondRunIdentical(), "second run of the recorded windows");
    check(missed, f.lost() == 0, "requests lost or failed");
    return new PlannerFigures(
        f.sloMs(),
        f.periodS(),
        f.phaseS(),
        f.phases(),
        f.bestSingleStatic(),
        f.bestSingleStaticPlan(),
        f.plannedTotal(),
        f.plannedOverBestSingleStatic(),
        f.rollbackWindows(),
        f.predicted(),
        f.measured(),
        f.goodputIntervals(),
        f.changes(),
        f.mostChangesPerDwell(),
        f.secondRunIdentical(),
        f.steps(),
        f.sendLagP99Ms(),
        f.lost(),
        f.machine(),
        missed);
  }

  private static void check(List<String> missed, boolean holds, String what) {
    if (!holds) {
      missed.add(what);
    }
  }

  private static boolean near(double predicted, double measured, double share) {
    return Math.abs(predicted - measured) <= share * measured;
  }
}
