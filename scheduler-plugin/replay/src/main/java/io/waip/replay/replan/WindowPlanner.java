package io.waip.replay.replan;

import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningProblem;
import io.waip.replay.Noise;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.JudgedWindow;
import io.waip.replay.judge.PlacementJudge;
import io.waip.replay.judge.PlanChoice;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.trace.Workload;
import java.util.Optional;

/**
 * Looks for a better plan after each window, and judges it and those in force on that window. Plans
 * use the whole fleet ({@link WholeFleet}). Deterministic: the same windows and times give the same
 * plans. Single thread.
 */
public final class WindowPlanner {
  private final WindowProblem problem;
  private final PlanSearch search;

  /** Prepares. */
  public WindowPlanner(WindowProblem problem, PlanSearch.Effort effort) {
    this.problem = problem;
    search = new PlanSearch(effort);
  }

  /**
   * Plans for a window.
   *
   * @param inForce empty where nothing was planned yet
   * @param trial in its canary; empty without one
   * @throws IllegalArgumentException if what is known does not do for a plan
   */
  public WindowPlans plan(
      Workload workload,
      Noise noise,
      Optional<PlacementPlan> inForce,
      Optional<PlacementPlan> trial) {
    PlanningProblem posed = problem.problem(workload, noise, 0);
    JudgedWindow window = problem.window(workload, noise);
    PlacementJudge judge = new PlacementJudge(posed, window);
    Optional<JudgedPlan> usual = inForce.map(judge::judge);
    Optional<JudgedPlan> tried = trial.map(judge::judge);
    return switch (search.find(posed, window)) {
      case PlanChoice.None none ->
          new WindowPlans(
              Optional.empty(), usual, tried, String.valueOf(none.why().contradiction()));
      case PlanChoice.Chosen chosen ->
          new WindowPlans(
              Optional.of(
                  judge.judge(WholeFleet.of(chosen.best().judged().plan(), posed.devices()))),
              usual,
              tried,
              "");
    };
  }
}
