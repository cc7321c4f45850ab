package io.waip.cli.hints;

/** A request that is refused: its status and, for the sender, why. */
final class BadHint extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String why;

  BadHint(int status, String why) {
    super(why);
    this.status = status;
    this.why = why;
  }

  int status() {
    return status;
  }

  String why() {
    return why;
  }
}
