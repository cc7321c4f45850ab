package io.waip.cli.control;

import io.waip.scheduler.plan.apply.PlanStep;

/** Words for steps. Stateless. */
public final class ControlLines {
  private ControlLines() {}

  /** Returns one line about a step. */
  public static String of(PlanStep<ControlPlan> step) {
    String what =
        switch (step.kind()) {
          case KEEP -> "stays";
          case CANARY -> "on trial: " + step.trial().kind();
          case CHANGE -> "now " + step.usual().kind();
          case ROLL_BACK -> "taken back, now " + step.usual().kind();
        };
    return what + " (" + step.why() + ")";
  }
}
