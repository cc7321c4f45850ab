package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.policy.Policy;
import io.waip.replay.records.DecisionLog;
import io.waip.replay.records.RunSetup;
import io.waip.replay.records.WhenFull;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * The {@code --records FILE} option of {@code waip replay}. Beside options that say what to replay,
 * the run's records go to the file, which must not exist; alone, the run is repeated from it.
 */
final class RecordsOption {
  private static final List<String> SAY_NOTHING_OF_THE_RUN = List.of("--records", "--json");

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description =
          "Beside other options: write the decision records of the one policy to FILE. Alone:"
              + " repeat the run from FILE and compare every decision.")
  private @Nullable Path file;

  /** Returns the file to repeat a run from, or null. */
  @Nullable Path toRepeat(CommandSpec command) {
    return isRunAskedFor(parsed(command)) ? null : file;
  }

  private static boolean isRunAskedFor(ParseResult parsed) {
    return parsed.matchedOptions().stream()
        .map(OptionSpec::longestName)
        .anyMatch(name -> !SAY_NOTHING_OF_THE_RUN.contains(name));
  }

  private static ParseResult parsed(CommandSpec command) {
    return command.commandLine().getParseResult();
  }

  /** Says whether a file was named. */
  boolean isWanted() {
    return file != null;
  }

  /**
   * Returns the policies to run: where records are written, the one named, or {@code waip}.
   *
   * @throws UserError if several are named, the file exists, or other output is asked for as well
   */
  List<Policy> policies(List<Policy> asked, CommandSpec command) {
    Path target = file;
    if (target == null) {
      return asked;
    }
    if (Files.exists(target)) {
      throw new UserError(
          target + " exists",
          "--records",
          "a new file, beside options that say what to replay",
          "name another, or give --records alone to repeat the run in it");
    }
    for (String other : List.of("--tune", "--report", "--watch")) {
      if (parsed(command).hasMatchedOption(other)) {
        throw UserError.usage(
            "given together with " + other, "--records", "one of the two", "leave one out");
      }
    }
    if (!parsed(command).hasMatchedOption("--policy")) {
      return List.of(Policy.WAIP);
    }
    if (asked.size() > 1) {
      throw UserError.usage(
          asked.size() + " policies", "--records", "one policy in a file", "name one");
    }
    return asked;
  }

  /** Runs a policy, recorded where asked for. */
  PolicyRun play(Replay replay, Policy policy, CommandSpec command) {
    Path target = file;
    return target == null ? replay.play(policy) : record(replay, policy, command, target);
  }

  private static PolicyRun record(Replay replay, Policy policy, CommandSpec command, Path target) {
    RunSetup setup = replay.setup(policy);
    RunSetup.Origin origin =
        new RunSetup.Origin(
            String.join(" ", command.root().version()),
            setup.origin().noiseCv(),
            setup.origin().seed(),
            parsed(command).originalArgs());
    DecisionLog log = null;
    try {
      log = DecisionLog.create(target, setup.withOrigin(origin), WhenFull.WAIT);
      PolicyRun run = replay.play(policy, log);
      log.close();
      report(log, target, command.commandLine().getOut());
      return run;
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(
          "cannot write " + target + ": " + e.getMessage(),
          "--records",
          "a new file in an existing, writable folder",
          "create the folder, make room, or name another file");
    } finally {
      if (log != null) {
        log.close();
      }
    }
  }

  private static void report(DecisionLog log, Path target, PrintWriter out) {
    out.printf(Locale.ROOT, "%d records, %d bytes, in %s%n", log.records(), log.bytes(), target);
  }
}
