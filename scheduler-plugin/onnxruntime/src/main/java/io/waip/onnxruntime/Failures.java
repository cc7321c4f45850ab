package io.waip.onnxruntime;

/** Words for what went wrong. */
final class Failures {
  private Failures() {}

  /** Returns the message of a failure without line breaks, or its type if it has none. */
  static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s+", " ");
  }
}
