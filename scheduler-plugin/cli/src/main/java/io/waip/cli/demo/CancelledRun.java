package io.waip.cli.demo;

/** The run was ended by a signal; the message accounts for what was sent. */
final class CancelledRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CancelledRun(String account) {
    super(account);
  }
}
