package io.waip.cli.records;

import io.waip.cli.input.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip records}: prints its commands when none is named. */
@Command(name = "records", mixinStandardHelpOptions = true)
public final class RecordsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private RecordsCommand() {}

  /** The group with all its commands. */
  public static CommandLine commandLine() {
    CommandLine group = new CommandLine(new RecordsCommand());
    group.addSubcommand("verify", new VerifyRecordsCommand());
    return group;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return UserError.USAGE;
  }
}
