package io.waip.onnxruntime;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuation.Unchanged;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.onnxruntime.SwitchableModel.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Changes instances and threads of models that this process runs on ONNX Runtime, while they run.
 * Sessions form no batches: a setting with a largest batch, a queue delay or preferred batches is
 * refused.
 */
public final class SessionActuator implements Actuator {
  private final Map<String, SwitchableModel> models;
  private final LongSupplier nanoClock;

  /**
   * Acts on models, which stay their owner's.
   *
   * @param models by the name that settings call them
   * @param nanoClock monotonic, nanoseconds
   */
  public SessionActuator(Map<String, SwitchableModel> models, LongSupplier nanoClock) {
    this.models = Map.copyOf(models);
    this.nanoClock = nanoClock;
  }

  @Override
  public Optional<ModelSetting> current(String model) {
    return Optional.ofNullable(models.get(model))
        .map(SwitchableModel::sessions)
        .map(now -> ModelSetting.of(model, now.instances()).withThreads(now.threads()));
  }

  @Override
  public Actuation apply(ModelSetting wanted) {
    Optional<ModelSetting> before = current(wanted.model());
    SwitchableModel model = models.get(wanted.model());
    if (model == null || before.isEmpty()) {
      return untouched(wanted, "this process does not run it");
    }
    if (wanted.maxBatch().isPresent()
        || wanted.queueDelay().isPresent()
        || !wanted.preferredBatches().isEmpty()) {
      return untouched(wanted, "sessions have instances and threads, but form no batches");
    }
    if (wanted.isMetBy(before.get())) {
      return new Unchanged(before.get());
    }
    return resize(model, before.get(), wanted.completedBy(before.get()));
  }

  private Actuation resize(SwitchableModel model, ModelSetting before, ModelSetting after) {
    long started = nanoClock.getAsLong();
    try {
      model.resize(new Sessions(after.threads().orElseThrow(), after.instances()));
    } catch (InterruptedException e) {
      // The new sessions are in force; only the last old batches have not been waited for.
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      return untouched(after, Failures.oneLine(e));
    }
    long nanos = Math.max(0, nanoClock.getAsLong() - started);
    return new Applied(before, after, Duration.ofNanos(nanos));
  }

  private Failed untouched(ModelSetting wanted, String why) {
    return new Failed(
        "'%s' cannot be changed: %s".formatted(wanted.model(), why),
        Recovery.UNTOUCHED,
        current(wanted.model()));
  }
}
