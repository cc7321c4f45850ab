package io.waip.triton;

import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.onnxruntime.SlotRunner;
import java.util.Map;

/**
 * Runs models in direct mode on ONNX Runtime; those that are a {@link
 * io.waip.onnxruntime.SwitchableModel} can change while they run. The models stay the caller's, who
 * closes them after the planner.
 */
public final class OnnxExecutor implements DirectExecutor {
  private final Map<String, SlotRunner> models;

  /**
   * Makes an executor.
   *
   * @param models by the name under which Triton knows them
   */
  public OnnxExecutor(Map<String, ? extends SlotRunner> models) {
    this.models = Map.copyOf(models);
  }

  @Override
  public void run(String model, ArenaSlot slot) throws Exception {
    SlotRunner found = models.get(model);
    if (found == null) {
      throw new IllegalArgumentException("this planner does not run model '" + model + "'");
    }
    found.run(slot);
  }
}
