package io.waip.cli.demo;

import io.waip.cli.runtime.Cancellation;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * What a run talks to.
 *
 * @param out where the table goes
 * @param progress where the steps are shown
 * @param cancellation ends the run early
 */
public record Surroundings(PrintWriter out, ProgressLine progress, Cancellation cancellation) {
  /** Says whether a person watches. */
  public static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
