package io.waip.cli.control;

import io.waip.api.plan.PlacementPlan;
import io.waip.replay.Noise;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.JudgedService;
import io.waip.replay.judge.PlacementJudge;
import io.waip.replay.replan.ServicePlans;
import io.waip.replay.replan.WindowPlanner;
import io.waip.replay.replan.WindowPlans;
import io.waip.replay.trace.Workload;
import io.waip.scheduler.plan.apply.ArmCount;
import io.waip.scheduler.plan.apply.PlanForecast;
import io.waip.scheduler.plan.apply.PlanKeeper;
import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.scheduler.plan.apply.PlanWindow;
import java.util.Optional;

/**
 * Makes of each window what is in force after it: learns execution times, plans, judges, decides.
 * Deterministic: the same windows give the same steps. No clock, no thread, no I/O; single thread.
 */
public final class ControlLoop {
  private final ControlSetting setting;
  private final ControlTimes times;
  private final WindowPlanner planner;
  private final PlanKeeper<ControlPlan> keeper;
  private ControlPlan usual;
  private ControlPlan trial;
  private boolean isOnTrial;
  private int usualArm;
  private int arms;

  /** Starts with a plan in force. */
  public ControlLoop(ControlSetting setting, ControlPlan inForce) {
    this.setting = setting;
    times = setting.times();
    planner = new WindowPlanner(setting.problem(), setting.effort());
    keeper = new PlanKeeper<>(setting.keeping(), inForce, ControlPlan::kind);
    usual = inForce;
    trial = inForce;
  }

  /** Returns the arm of the plan in force; that of a plan in its canary is one above. */
  public int usualArm() {
    return usualArm;
  }

  /** Returns the plan to begin with after a restart. */
  public ControlPlan proven() {
    return keeper.proven();
  }

  /** Returns the plan in force. */
  public ControlPlan inForce() {
    return usual;
  }

  /** Takes a window and says what is in force after it. */
  public ControlStep windowEnded(SeenWindow window) {
    times.learn(window.executions());
    if (window.arrivals().isEmpty()) {
      return ControlStep.idle(usual, "nothing arrived");
    }
    Workload workload = window.workload();
    Noise noise = new Noise(times.noise(), setting.seed());
    WindowPlans plans =
        planner.plan(
            workload, noise, usual.placement(), isOnTrial ? trial.placement() : Optional.empty());
    ArmCount seen = window.arm(usualArm);
    PlanForecast usualForecast =
        plans.inForce().map(ControlLoop::forecast).orElseGet(() -> asSeen(seen, workload));
    PlanWindow<ControlPlan> judged =
        new PlanWindow<>(
            window.endNanos(),
            seen,
            isOnTrial ? window.arm(usualArm + 1) : ArmCount.NONE,
            usualForecast,
            plans.trial().map(ControlLoop::forecast),
            plans.best().map(best -> candidate(best, noise)),
            "");
    PlanStep<ControlPlan> step = keeper.windowEnded(judged);
    follow(step);
    return new ControlStep(step, judged, plans, times.noise());
  }

  private void follow(PlanStep<ControlPlan> step) {
    if (step.kind() != PlanStep.Kind.KEEP) {
      arms += 2;
      usualArm = arms;
    }
    usual = step.usual();
    trial = step.trial();
    isOnTrial = step.trialShare() > 0;
  }

  private PlanWindow.Candidate<ControlPlan> candidate(JudgedPlan best, Noise noise) {
    PlacementPlan placement = best.plan();
    ControlPlan plan =
        new ControlPlan(
            Optional.of(placement),
            ServicePlans.of(placement, setting.services(), PlacementJudge.parameters(noise)));
    return new PlanWindow.Candidate<>(plan, forecast(best), 0, true);
  }

  private static PlanForecast forecast(JudgedPlan judged) {
    double offered = judged.services().stream().mapToDouble(JudgedService::offeredPerSecond).sum();
    double share = offered == 0 ? 1 : Math.min(1, judged.goodPerSecond() / offered);
    return new PlanForecast(
        judged.servicesBelow(),
        judged.valuePerSecond(),
        judged.plan().score().badnessPerHour(),
        share);
  }

  /** Before the first plan nothing is predicted: what was seen stands for it. */
  private PlanForecast asSeen(ArmCount seen, Workload workload) {
    double value = 0;
    for (int i = 0; i < workload.size(); i++) {
      value += setting.services().get(workload.service(i)).valuePerRequest();
    }
    double perSecond = value * 1e9 / workload.windowNanos();
    return new PlanForecast(0, perSecond * seen.goodShare(), 0, seen.goodShare());
  }
}
