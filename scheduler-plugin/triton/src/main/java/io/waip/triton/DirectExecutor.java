package io.waip.triton;

import io.waip.nativebridge.rings.ArenaSlot;

/** Runs batches of models that are in direct mode. Any number of threads call it at once. */
public interface DirectExecutor {
  /** Has no model. */
  DirectExecutor NONE =
      (model, slot) -> {
        throw new IllegalArgumentException("this planner does not run model '" + model + "'");
      };

  /**
   * Runs one batch: reads the slot's inputs, describes and writes its outputs. It does not end the
   * slot.
   *
   * @param model name of the model, as Triton knows it
   * @param slot claimed by the calling thread
   * @throws Exception if it cannot; the batch fails with its message
   */
  void run(String model, ArenaSlot slot) throws Exception;
}
