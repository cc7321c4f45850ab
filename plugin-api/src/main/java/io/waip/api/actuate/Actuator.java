package io.waip.api.actuate;

import java.util.Optional;

/**
 * Puts settings of models in force where they run.
 *
 * <p>All calls block and come from one control thread, so that one model changes at a time. What
 * goes wrong with the model, its server or its files is an outcome, never an exception; the model
 * keeps answering with its earlier setting wherever the runtime allows that.
 */
public interface Actuator {
  /** Returns what is in force, as the runtime itself says now; empty for a model it has not. */
  Optional<ModelSetting> current(String model);

  /**
   * Changes one model and reads back what is in force then.
   *
   * <p>A change that fails half-way is taken back before this returns.
   *
   * @param wanted what is empty in it stays as it is
   */
  Actuation apply(ModelSetting wanted);
}
