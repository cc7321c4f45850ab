package io.waip.cli.demo;

import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.SlotModel;
import java.util.Map;

/** The demo's models, loaded once for all tests and never closed. */
public final class RealModels {
  private static final LoadedModels BOTH = new DemoModels(1).both(0.989);

  private RealModels() {}

  /** Loads fp32 and int8 for direct mode, by name; the caller closes them. */
  public static Map<String, SlotModel> forDirectMode() {
    return new DemoModels(1).forDirectMode();
  }

  /** Returns fp32 and int8, one thread each. */
  public static LoadedModels both() {
    return BOTH;
  }
}
