package io.waip.triton.client;

/** A call the server refused or that did not reach it. */
public final class CallFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A failed call.
   *
   * @param code the canonical name of the gRPC status: {@code UNAVAILABLE}, {@code NOT_FOUND} ...
   * @param message the server's, or what went wrong on the way
   */
  public CallFailure(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns the canonical name of the gRPC status. */
  public String code() {
    return code;
  }
}
