package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** All instances are busy, and device or processor would have room for more of them. */
final class FewInstancesRule implements ModelRule {
  /** Below it queues are short on average. */
  private static final double LEAST_UTILISATION = 0.85;

  /** A request waits for the rest of the running execution anyway: half of one on average. */
  private static final double LEAST_WAIT_EXECUTIONS = 1.5;

  /** A device used less leaves a third of itself to another instance. */
  private static final double MOST_DEVICE_USE = 0.7;

  /** More at a time than doubling is a guess. */
  private static final int MOST_GROWTH = 2;

  @Override
  public Cause cause() {
    return Cause.FEW_INSTANCES;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    OptionalDouble use = deviceUse(model);
    boolean isIt =
        !model.configuration().isFront()
            && !model.configuration().isEnsemble()
            && model.waits()
            && model.executionsWaited() >= LEAST_WAIT_EXECUTIONS
            && model.utilisation().orElseThrow() >= LEAST_UTILISATION
            && use.isPresent()
            && use.getAsDouble() <= MOST_DEVICE_USE;
    if (!isIt) {
      return Optional.empty();
    }
    int instances = model.configuration().instances();
    int more =
        (int)
            Math.min(
                MOST_GROWTH * (long) instances,
                Math.max(instances + 1, Math.floor(instances / Math.max(0.1, use.getAsDouble()))));
    return Optional.of(
        model.waitingFor(
            cause(),
            Confidence.HIGH,
            List.of(
                model.configured("%d instances", instances),
                model.counted(
                    "they execute %.0f %% of the time", 100 * model.utilisation().orElseThrow()),
                model.waiting(),
                ModelCase.metered("the device is used %.0f %%", 100 * use.getAsDouble())),
            Remedy.of(
                "raise instance_group.count to %d".formatted(more),
                Change.ofModel(model.name(), "instance_group.count", more))));
  }

  private static OptionalDouble deviceUse(ModelCase model) {
    OptionalDouble gpu = model.metrics().largest("nv_gpu_utilization");
    return gpu.isPresent() && !model.configuration().isOnProcessor()
        ? gpu
        : model.metrics().largest("nv_cpu_utilization");
  }
}
