package io.waip.cli.control;

import io.waip.replay.judge.PlanSearch;
import io.waip.replay.replan.PlannableService;
import io.waip.replay.replan.WindowProblem;
import io.waip.scheduler.plan.apply.KeeperSettings;
import java.util.List;

/**
 * What a control loop works with.
 *
 * @param services that plans place, by the index that requests carry
 * @param problem they pose
 * @param times of executions, learned as windows pass; those that the services' ways ask
 * @param keeping how reluctantly plans change
 * @param effort of each search
 * @param seed of every random choice
 */
public record ControlSetting(
    List<PlannableService> services,
    WindowProblem problem,
    ControlTimes times,
    KeeperSettings keeping,
    PlanSearch.Effort effort,
    long seed) {
  /** Copies the list. */
  public ControlSetting {
    services = List.copyOf(services);
  }
}
