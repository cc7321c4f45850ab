package io.waip.cli;

import io.waip.cli.bench.BenchCommand;
import io.waip.cli.demo.DemoCommand;
import io.waip.cli.diagnose.DiagnoseCommand;
import io.waip.cli.fit.FitCommand;
import io.waip.cli.plan.PlanCommand;
import io.waip.cli.profile.ProfileCommand;
import io.waip.cli.records.ExplainCommand;
import io.waip.cli.records.RecordsCommand;
import io.waip.cli.replay.ReplayCommand;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.SignalGuard;
import picocli.CommandLine;

/** Entry point of the {@code waip} command line; the launcher starts it on JDK 25. */
public final class Main {

  private Main() {}

  /** Runs the command named in {@code args} and ends the process with its exit code. */
  public static void main(String[] args) {
    Cancellation cancellation = new Cancellation();
    SignalGuard guard = new SignalGuard(cancellation, SignalGuard.DEFAULT_GRACE, System.err);
    System.exit(guard.run(() -> execute(commandLine(cancellation), args)));
  }

  /** The whole command line; a delivered command is wired here and nowhere else. */
  static CommandLine commandLine(Cancellation cancellation) {
    boolean debug = "1".equals(System.getenv("WAIP_DEBUG"));
    return new CommandTable()
        .deliver("demo", new DemoCommand(cancellation))
        .deliver("replay", new ReplayCommand(cancellation))
        .deliver("plan", new PlanCommand(cancellation))
        .deliver("fit", new FitCommand(cancellation))
        .deliver("diagnose", new DiagnoseCommand())
        .deliver("profile", new ProfileCommand(cancellation))
        .deliver("bench", BenchCommand.commandLine(cancellation))
        .deliver("triton", new TritonCommand())
        .deliver("verify", new VerifyCommand())
        .deliver("explain", new ExplainCommand())
        .deliver("records", RecordsCommand.commandLine())
        .build(new ErrorLines(debug));
  }

  /** Runs a command; anything it throws, even an {@link Error}, ends in one line and a code. */
  static int execute(CommandLine commandLine, String... args) {
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      return ((ErrorLines) commandLine.getExecutionExceptionHandler()).report(e, commandLine);
    }
  }
}
