package io.waip.cli;

import io.waip.cli.input.UserError;
import picocli.CommandLine.Command;

/** A command of the product that this version does not deliver; answers with one line. */
@Command(hidden = true)
final class PendingCommand implements Runnable {

  private final String name;
  private final String deliveredNames;

  PendingCommand(String name, String deliveredNames) {
    this.name = name;
    this.deliveredNames = deliveredNames;
  }

  @Override
  public void run() {
    throw new UserError(
        "command '" + name + "' is not delivered yet",
        "",
        "the delivered commands " + deliveredNames,
        "see CHANGELOG.md for what this version delivers");
  }
}
