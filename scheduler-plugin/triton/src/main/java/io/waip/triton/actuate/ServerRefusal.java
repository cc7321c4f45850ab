package io.waip.triton.actuate;

import io.waip.triton.OneLine;

/** A call to a server that was refused, or did not reach it. */
public final class ServerRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a server of Triton says to a load where models are not loaded by name; since 2019. */
  private static final String NOT_EXPLICIT = "explicit model load / unload is not allowed";

  /** What it says where the operator has closed the call to this client. */
  private static final String RESTRICTED = "API is restricted";

  /**
   * A refusal.
   *
   * @param cause whose message is the server's own words
   */
  public ServerRefusal(Throwable cause) {
    super(OneLine.of(cause), cause);
  }

  /** Says whether models may not be loaded by name at all, whichever model. */
  public boolean forbidsLoads() {
    String message = String.valueOf(getMessage());
    return message.contains(NOT_EXPLICIT) || message.contains(RESTRICTED);
  }
}
