package io.waip.replay.trace;

import java.nio.file.Path;

/**
 * A trace file is missing, unreadable or not in a form that is understood. The message is one line:
 * file and line, what was found, what is allowed, and how to remedy it.
 */
public final class TraceFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_FOUND_CHARS = 60;

  private final String file;
  private final int line;

  TraceFormatException(Path file, int line, String what, String allowed, String remedy) {
    super(
        "%s%s: %s; allowed: %s; remedy: %s"
            .formatted(file, line > 0 ? ":" + line : "", what, allowed, remedy));
    this.file = file.toString();
    this.line = line;
  }

  /** Quotes a value found in a file, shortened and without control characters. */
  static String quote(String found) {
    String printable = found.replaceAll("\\p{Cntrl}", "?");
    boolean fits = printable.length() <= MAX_FOUND_CHARS;
    return "'" + (fits ? printable : printable.substring(0, MAX_FOUND_CHARS) + "…") + "'";
  }

  /** Returns the file, as it was given. */
  public String file() {
    return file;
  }

  /** Returns the line, from 1, or 0 where the file as a whole is meant. */
  public int line() {
    return line;
  }
}
