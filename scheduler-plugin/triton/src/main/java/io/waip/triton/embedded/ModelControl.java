package io.waip.triton.embedded;

import org.bytedeco.tritonserver.global.tritonserver;

/** Who may load and unload models of a server: {@code tritonserver --model-control-mode}. */
public enum ModelControl {
  /** All models are loaded at the start; then nothing changes. */
  NONE(tritonserver.TRITONSERVER_MODEL_CONTROL_NONE),
  /** All models are loaded at the start; changed files are taken up at {@code poll()}. */
  POLL(tritonserver.TRITONSERVER_MODEL_CONTROL_POLL),
  /** Models are loaded and unloaded by name. */
  EXPLICIT(tritonserver.TRITONSERVER_MODEL_CONTROL_EXPLICIT);

  private final int code;

  ModelControl(int code) {
    this.code = code;
  }

  /** Returns the {@code TRITONSERVER_ModelControlMode}. */
  int code() {
    return code;
  }
}
