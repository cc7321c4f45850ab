package io.waip.cli;

import io.waip.cli.input.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip} without a command: prints the usage and counts as called wrongly. */
@Command(
    name = "waip",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "Workload-aware inference planner.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands ('waip COMMAND --help' explains one):%n")
final class WaipCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return UserError.USAGE;
  }
}
