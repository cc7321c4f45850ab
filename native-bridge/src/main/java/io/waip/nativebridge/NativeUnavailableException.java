package io.waip.nativebridge;

/** Why the native library cannot be used, in words fit for a log line. */
final class NativeUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  NativeUnavailableException(String reason) {
    super(reason);
  }

  /** The reason. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
