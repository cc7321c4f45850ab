package io.waip.api.contract;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuation.Unchanged;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An actuator of one remembered model, with a way to be wrong that a real one could have. */
final class PlantedActuator implements Actuator {
  /** The ways. */
  enum Fault {
    NONE,
    ONLY_ADVISES,
    /** Takes a model it has never seen. */
    INVENTS_MODELS,
    /** Loads again what is in force. */
    ALWAYS_RELOADS,
    /** Believes a load that returned, and does not read back. */
    CLAIMS_WITHOUT_DOING,
    /** Writes defaults over what was not asked for. */
    RESETS_WHAT_IS_EMPTY,
    /** Adds instances and never takes one away. */
    NEVER_SHRINKS,
    /** Leaves half of a failed change behind. */
    FORGETS_TO_ROLL_BACK;

    boolean isFault() {
      return this != NONE && this != ONLY_ADVISES;
    }
  }

  private final Fault fault;
  private ModelSetting inForce = ModelSetting.of("embed", 1).withThreads(2).withMaxBatch(8);
  private boolean refuses;

  PlantedActuator(Fault fault) {
    this.fault = fault;
  }

  boolean refuseNextChange() {
    refuses = fault != Fault.ONLY_ADVISES;
    return refuses;
  }

  @Override
  public Optional<ModelSetting> current(String model) {
    return inForce.model().equals(model) ? Optional.of(inForce) : Optional.empty();
  }

  @Override
  public Actuation apply(ModelSetting wanted) {
    boolean known = inForce.model().equals(wanted.model());
    if (!known && fault != Fault.INVENTS_MODELS) {
      return new Failed(
          "no model '" + wanted.model() + "'", Recovery.UNTOUCHED, current(wanted.model()));
    }
    if (known && wanted.isMetBy(inForce) && fault != Fault.ALWAYS_RELOADS) {
      return new Unchanged(inForce);
    }
    if (fault == Fault.ONLY_ADVISES) {
      return new Advised(List.of("instances: " + wanted.instances()), "nothing here may");
    }
    return refuses ? refuse(wanted) : change(wanted);
  }

  private Actuation refuse(ModelSetting wanted) {
    refuses = false;
    ModelSetting before = inForce;
    if (fault == Fault.FORGETS_TO_ROLL_BACK) {
      inForce = wanted.completedBy(inForce);
    }
    return new Failed("refused", Recovery.RESTORED, Optional.of(before));
  }

  private Actuation change(ModelSetting wanted) {
    ModelSetting before = inForce;
    ModelSetting after = fault == Fault.RESETS_WHAT_IS_EMPTY ? wanted : wanted.completedBy(inForce);
    boolean shrinks = after.instances() < before.instances();
    boolean does = fault != Fault.CLAIMS_WITHOUT_DOING;
    if (does && !(shrinks && fault == Fault.NEVER_SHRINKS)) {
      inForce = after;
    }
    return new Applied(
        before.model().equals(after.model()) ? before : after, after, Duration.ofMillis(1));
  }
}
