package io.waip.nativebridge;

/**
 * A refused assembly call: its status, its name and its sizes. Nothing was written.
 *
 * <p>Both implementations throw it, with the same status for the same fault.
 */
public final class NativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final NativeStatus status;
  private final String call;
  private final CallSizes sizes;

  NativeException(NativeStatus status, String call, CallSizes sizes) {
    super("%s: %s (%s): %s".formatted(call, status, status.meaning(), sizes));
    this.status = status;
    this.call = call;
    this.sizes = sizes;
  }

  /** Returns why the call was refused; never {@link NativeStatus#OK}. */
  public NativeStatus status() {
    return status;
  }

  /** Returns the call: {@code gather}, {@code mask} or {@code scatter}. */
  public String call() {
    return call;
  }

  /** Returns the sizes the call was made with. */
  public CallSizes sizes() {
    return sizes;
  }
}
