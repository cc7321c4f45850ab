package io.waip.triton.embedded;

/** A call that Triton refused: its status and Triton's own words. */
public final class TritonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TritonStatus status;

  TritonException(TritonStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns why; never {@link TritonStatus#OK}. */
  public TritonStatus status() {
    return status;
  }
}
