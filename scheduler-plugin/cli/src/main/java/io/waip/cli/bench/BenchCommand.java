package io.waip.cli.bench;

import io.waip.cli.bench.front.FrontCommand;
import io.waip.cli.bench.goodput.GoodputCommand;
import io.waip.cli.bench.planner.PlannerCommand;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip bench}: prints its benches when none is named. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCH",
    commandListHeading = "%nBenches ('waip bench BENCH --help' explains one):%n",
    footer = "%nNot delivered yet: hotpath, decode, picker, soak.")
public final class BenchCommand implements Callable<Integer> {
  private static final List<String> PENDING = List.of("hotpath", "decode", "picker", "soak");

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchCommand() {}

  /** The group with all its benches; a requested cancellation ends the one that runs. */
  public static CommandLine commandLine(Cancellation cancellation) {
    CommandLine group = new CommandLine(new BenchCommand());
    group.addSubcommand("front", new FrontCommand(cancellation));
    group.addSubcommand("goodput", new GoodputCommand(cancellation));
    group.addSubcommand("planner", new PlannerCommand(cancellation));
    for (String name : PENDING) {
      group.addSubcommand(
          name, new CommandLine(new PendingBench(name)).setUnmatchedArgumentsAllowed(true));
    }
    return group;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return UserError.USAGE;
  }

  /** A bench of the product that this version does not deliver; answers with one line. */
  @Command(hidden = true)
  private record PendingBench(String bench) implements Runnable {
    @Override
    public void run() {
      throw new UserError(
          "bench '" + bench + "' is not delivered yet",
          "",
          "the delivered benches front, goodput and planner",
          "see CHANGELOG.md for what this version delivers");
    }
  }
}
