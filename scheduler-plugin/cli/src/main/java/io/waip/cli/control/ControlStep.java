package io.waip.cli.control;

import io.waip.replay.replan.WindowPlans;
import io.waip.scheduler.plan.apply.ArmCount;
import io.waip.scheduler.plan.apply.PlanForecast;
import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.scheduler.plan.apply.PlanWindow;
import java.util.Optional;

/**
 * What came of a window.
 *
 * @param step what is in force after it
 * @param judged what the step was decided on
 * @param plans what was planned
 * @param noise coefficient of variation of execution times that was planned with
 */
public record ControlStep(
    PlanStep<ControlPlan> step, PlanWindow<ControlPlan> judged, WindowPlans plans, double noise) {
  static ControlStep idle(ControlPlan usual, String why) {
    PlanForecast nothing = new PlanForecast(0, 0, 0, 1);
    return new ControlStep(
        new PlanStep<>(PlanStep.Kind.KEEP, usual, usual, 0, why),
        PlanWindow.of(0, ArmCount.NONE, nothing, Optional.empty()),
        new WindowPlans(Optional.empty(), Optional.empty(), Optional.empty(), ""),
        0);
  }
}
