package io.waip.cli.demo;

import io.waip.onnxruntime.LoadedModels;

/** The demo's models, loaded once for all tests and never closed. */
public final class RealModels {
  private static final LoadedModels BOTH = new DemoModels(1).both(0.989);

  private RealModels() {}

  /** Returns fp32 and int8, one thread each. */
  public static LoadedModels both() {
    return BOTH;
  }
}
