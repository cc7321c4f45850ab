package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/** Requests wait one by one for a model that could take them together. */
final class NoBatchingRule implements ModelRule {
  /** Below it no other request waits beside the next one: there is nothing to batch. */
  private static final double LEAST_WAIT_EXECUTIONS = 1;

  @Override
  public Cause cause() {
    return Cause.NO_BATCHING;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    boolean isIt =
        model.configuration().canBatch()
            && !model.configuration().hasBatching()
            && model.waits()
            && model.executionsWaited() >= LEAST_WAIT_EXECUTIONS;
    if (!isIt) {
      return Optional.empty();
    }
    return Optional.of(
        model.waitingFor(
            cause(),
            Confidence.HIGH,
            List.of(
                model.configured(
                    "max_batch_size is %d, and dynamic_batching is absent",
                    model.configuration().maxBatch()),
                model.waiting()),
            Remedy.of(
                "let Triton batch: add dynamic_batching { }",
                Change.ofModel(model.name(), "dynamic_batching", "{ }"))));
  }
}
