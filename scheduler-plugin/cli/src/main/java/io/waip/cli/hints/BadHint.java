package io.waip.cli.hints;

/** A request that is refused: its status and, for the sender, why. */
final class BadHint extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadHint(int status, String why) {
    super(why);
    this.status = status;
  }

  int status() {
    return status;
  }
}
