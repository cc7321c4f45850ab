package io.waip.cli.runtime;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * Progress for people: on a terminal one line that rewrites itself, elsewhere a line every few
 * seconds; finished steps stay. Not for use by several threads at once.
 */
public final class ProgressLine {
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private long lastNanos;
  private boolean open;

  /**
   * Starts without a line.
   *
   * @param terminal whether {@code out} is a terminal, where a line can be rewritten
   */
  public ProgressLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    lastNanos = System.nanoTime() - QUIET.toNanos();
  }

  /** Says whether a person watches: input and output of the process are a terminal. */
  public static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Shows what is going on now. */
  public void update(String step, String text) {
    if (terminal) {
      out.print(CLEAR + line(step, text));
      out.flush();
      open = true;
    } else if (System.nanoTime() - lastNanos >= QUIET.toNanos()) {
      lastNanos = System.nanoTime();
      out.println(line(step, text));
      out.flush();
    }
  }

  /** Leaves a line that stays. */
  public void done(String step, String text) {
    out.println((open ? CLEAR : "") + line(step, text));
    out.flush();
    open = false;
    lastNanos = System.nanoTime();
  }

  private static String line(String step, String text) {
    return "  %-14s %s".formatted(step, text);
  }
}
