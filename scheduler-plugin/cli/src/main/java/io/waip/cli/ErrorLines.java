package io.waip.cli;

import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns every failure of a command into one line on stderr and an exit code: {@link UserError}s
 * with their own code, wrong calls with {@link UserError#USAGE}, anything else as an internal error
 * with {@link UserError#FAILED} and, in debug mode, its stack trace.
 */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final boolean debug;

  /**
   * The answers to errors.
   *
   * @param debug whether stack traces follow the line ({@code WAIP_DEBUG=1})
   */
  ErrorLines(boolean debug) {
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    UserError error = wrongCall(failure, command);
    print(command, error.line(), failure);
    return error.exitCode();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    return report(failure, command);
  }

  /** Prints the line for a failure of a running command and returns the exit code. */
  int report(Throwable failure, CommandLine command) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError error) {
        print(command, error.line(), failure);
        return error.exitCode();
      }
    }
    print(command, internalError(failure), failure);
    return UserError.FAILED;
  }

  private void print(CommandLine command, String line, Throwable failure) {
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + line);
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static UserError wrongCall(ParameterException failure, CommandLine command) {
    String help = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().getFirst(), command, help);
    }
    return UserError.usage(String.valueOf(failure.getMessage()), "", "", help);
  }

  private static UserError unmatched(String argument, CommandLine command, String help) {
    boolean isOption = argument.startsWith("-");
    boolean isCommand = !isOption && command.getParent() == null;
    Collection<String> known =
        isOption
            ? command.getCommandSpec().optionsMap().keySet()
            : isCommand ? CommandTable.names() : List.of();
    String kind = isOption ? "option" : isCommand ? "command" : "argument";
    String suggestion = Suggestion.didYouMean(argument, known);
    return UserError.usage(
        "unknown " + kind + " '" + argument + "'",
        "",
        String.join(", ", known),
        suggestion.isEmpty() ? help : suggestion + " " + help);
  }

  private static String internalError(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    return ("internal error: " + failure + place).replaceAll("\\s*[\\r\\n]+\\s*", " ")
        + "; remedy: this is a defect of waip; run again with WAIP_DEBUG=1 for the trace";
  }
}
