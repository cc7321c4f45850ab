package io.waip.cli.input;

import static java.util.Objects.requireNonNull;

/**
 * Bad input or a bad environment, told to the user in one line: what is wrong, where, what is
 * allowed and how to remedy it. The command line prints the message without a stack trace.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Exit code of a command that failed. */
  public static final int FAILED = 1;

  /** Exit code of a command that was called wrongly. */
  public static final int USAGE = 2;

  private final int exitCode;
  private final String line;

  /**
   * An error that ends the command with {@link #FAILED}.
   *
   * @param what what is wrong, naming key and value: {@code unknown tenant 'gld'}
   * @param where file and line, option or argument: {@code waip.yaml:12}; empty when there is none
   * @param allowed the values or range allowed; empty when {@code what} says it
   * @param remedy what to do; empty when {@code allowed} says it
   * @throws NullPointerException if a part is null
   */
  public UserError(String what, String where, String allowed, String remedy) {
    this(FAILED, what, where, allowed, remedy);
  }

  private UserError(int exitCode, String what, String where, String allowed, String remedy) {
    this(exitCode, oneLine(what, where, allowed, remedy));
  }

  private UserError(int exitCode, String line) {
    super(line);
    this.exitCode = exitCode;
    this.line = line;
  }

  /** An error that ends the command with {@link #USAGE}; the parts are those of the constructor. */
  public static UserError usage(String what, String where, String allowed, String remedy) {
    return new UserError(USAGE, what, where, allowed, remedy);
  }

  /** The exit code of the command: {@link #FAILED} or {@link #USAGE}. */
  public int exitCode() {
    return exitCode;
  }

  /** The parts given, in one line without line breaks; equals the exception's message. */
  public String line() {
    return line;
  }

  private static String oneLine(String what, String where, String allowed, String remedy) {
    StringBuilder line = new StringBuilder();
    if (!where.isEmpty()) {
      line.append(where).append(": ");
    }
    line.append(requireNonNull(what, "what"));
    if (!allowed.isEmpty()) {
      line.append("; allowed: ").append(allowed);
    }
    if (!remedy.isEmpty()) {
      line.append("; remedy: ").append(remedy);
    }
    return line.toString().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
