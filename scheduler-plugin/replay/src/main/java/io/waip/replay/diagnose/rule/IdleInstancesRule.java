package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * With priority levels or a queue policy Triton forms a batch only for an instance that is seen to
 * wait, and on busy cores often sees it late: docs/embedded-triton.md measured executions in 64 to
 * 83 % of the time where one queue without a policy had 92 %.
 */
final class IdleInstancesRule implements ModelRule {
  /** With more use of the instances they have no time to spare. */
  private static final double MOST_UTILISATION = 0.9;

  @Override
  public Cause cause() {
    return Cause.IDLE_INSTANCES;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    boolean isIt =
        configuration.hasBatching()
            && !configuration.prefetches()
            && model.waitsLong()
            && model.utilisation().orElseThrow() <= MOST_UTILISATION;
    if (!isIt) {
      return Optional.empty();
    }
    return Optional.of(
        model.waitingFor(
            cause(),
            Confidence.MEDIUM,
            List.of(
                model.configured(
                    "priority levels or a queue policy: batches are not formed ahead of execution"),
                model.waiting(),
                model.counted(
                    "instances execute only %.0f %% of the time",
                    100 * model.utilisation().orElseThrow())),
            new Remedy(
                "remove priority levels and queue policy, and bound the queue before Triton, at the"
                    + " planner's admission",
                List.of(
                    Change.ofModel(model.name(), "dynamic_batching.default_queue_policy", ""),
                    Change.ofModel(model.name(), "dynamic_batching.priority_levels", "")))));
  }
}
