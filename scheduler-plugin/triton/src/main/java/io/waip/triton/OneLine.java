package io.waip.triton;

/** Words for what went wrong. */
public final class OneLine {
  private OneLine() {}

  /** Returns the message of a failure without line breaks, or its type if it has none. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s+", " ");
  }
}
