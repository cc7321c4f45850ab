package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlanScore;
import io.waip.scheduler.plan.solve.GangProgram.Aim;
import io.waip.scheduler.plan.solve.GangProgram.Relaxed;
import java.util.List;
import java.util.Optional;

/**
 * The best division of time for a layout.
 *
 * @param layout what is loaded
 * @param configurations of the layout, in the order of the times
 * @param times by configuration and option
 * @param score of the plan
 * @param prices served value per second of one more gang of each configuration
 */
@SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
record Fitting(
    Layout layout,
    List<Configuration> configurations,
    double[][] times,
    PlanScore score,
    double[] prices) {
  /** Returns the division; empty where the layout breaks a limit or a promise. */
  static Optional<Fitting> of(Instance instance, Layout layout) {
    if (!layout.withinSupply(instance)) {
      return Optional.empty();
    }
    List<Configuration> configurations = layout.configurations();
    GangProgram program = new GangProgram(instance, configurations);
    GangProgram.Bounds only = program.only(layout);
    return program
        .solve(Aim.of(Goal.VALUE), only)
        .map(most -> {
          double value = most.objective() * instance.wholeValue();
          Aim cheapest = new Aim(Goal.LEAST_BADNESS, value * (1 - DivisiblePlan.SLACK));
          Relaxed division = program.solve(cheapest, only).orElse(most);
          return Compaction.of(instance, configurations, division.times(), most.prices());
        });
  }

  /** Returns the served value per second, not rounded as in the score. */
  double valuePerSecond(Instance instance) {
    double value = 0;
    for (int c = 0; c < times.length; c++) {
      for (int i = 0; i < times[c].length; i++) {
        value += times[c][i] * instance.value(configurations.get(c).options()[i]);
      }
    }
    return value;
  }

  /** Returns the share of all promises that a layout keeps; below 0 where it breaks a limit. */
  static double promisesKept(Instance instance, Layout layout) {
    if (!layout.withinSupply(instance)) {
      return -1;
    }
    GangProgram program = new GangProgram(instance, layout.configurations());
    Aim aim = Aim.of(Goal.of(Goal.Kind.PROMISES, 0));
    return program.solve(aim, program.only(layout)).map(Relaxed::objective).orElse(-1.0);
  }
}
