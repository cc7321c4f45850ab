package io.waip.triton.embedded;

import org.bytedeco.tritonserver.global.tritonserver;

/** How a call to Triton, or a request, ended: {@code TRITONSERVER_Error_Code}, and {@link #OK}. */
public enum TritonStatus {
  /** Done. */
  OK(-1),
  /** The backend gave no reason that Triton knows. */
  UNKNOWN(tritonserver.TRITONSERVER_ERROR_UNKNOWN),
  /** A fault inside Triton, the backend, or this client. */
  INTERNAL(tritonserver.TRITONSERVER_ERROR_INTERNAL),
  /** No such model, version or file. */
  NOT_FOUND(tritonserver.TRITONSERVER_ERROR_NOT_FOUND),
  /** The request does not fit the model. */
  INVALID_ARG(tritonserver.TRITONSERVER_ERROR_INVALID_ARG),
  /** Refused for load, timed out in the queue, or nothing can serve it now. */
  UNAVAILABLE(tritonserver.TRITONSERVER_ERROR_UNAVAILABLE),
  /** Not offered by this server or model. */
  UNSUPPORTED(tritonserver.TRITONSERVER_ERROR_UNSUPPORTED),
  /** There is one already. */
  ALREADY_EXISTS(tritonserver.TRITONSERVER_ERROR_ALREADY_EXISTS),
  /** Withdrawn by its sender. */
  CANCELLED(tritonserver.TRITONSERVER_ERROR_CANCELLED);

  private static final TritonStatus[] ALL = values();

  private final int code;

  TritonStatus(int code) {
    this.code = code;
  }

  /** Returns the status of a {@code TRITONSERVER_Error_Code}; {@link #UNKNOWN} for a new one. */
  static TritonStatus ofCode(int code) {
    for (TritonStatus status : ALL) {
      if (status.code == code) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
