package io.waip.cli;

import io.waip.cli.runtime.DurationConverter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * All commands of the product in the order of its help. A command nobody delivered answers with one
 * line that says so, which is kinder than "unknown command" to a reader of the documentation.
 */
final class CommandTable {

  /** Name and purpose of every command of the product. */
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put("demo", "the main job on real models: tuned baseline, then planner, with a report");
    ALL.put("replay", "a trace in virtual time: limit, goodput per policy, decision hash");
    ALL.put("fit", "a cost model from measurement files, with its error");
    ALL.put("profile", "execution times of a model on this machine, for fit");
    ALL.put("plan", "the plan, its predicted figures, the runner-up and what limits it");
    ALL.put("diagnose", "where the delay of a Triton server is, why, and what helps");
    ALL.put("generate", "continuous batching of a decoder");
    ALL.put("bench", "the races, each with its baseline in the same run");
    ALL.put(
        "triton",
        "bypass and status of a running Triton server; later install, uninstall, upgrade");
    ALL.put("epp", "endpoint picker");
    ALL.put("serve", "router for the Open Inference Protocol");
    ALL.put("verify", "the tests: Maven on JDK 25");
    ALL.put("explain", "the life of a request, from decision records");
    ALL.put("records", "check files of decision records");
    ALL.put("doctor", "readiness of this machine, with the fix");
    ALL.put("support-bundle", "redacted bundle for support");
  }

  private final Map<String, Object> delivered = new LinkedHashMap<>();

  /**
   * Registers a delivered command.
   *
   * @param name its name, one of {@link #names}
   * @param command an object with picocli annotations, or a whole command line with subcommands
   * @throws IllegalArgumentException if the name is unknown or already taken
   */
  CommandTable deliver(String name, Object command) {
    if (!ALL.containsKey(name)) {
      throw new IllegalArgumentException("no command of the product is called " + name);
    }
    if (delivered.putIfAbsent(name, command) != null) {
      throw new IllegalArgumentException("command " + name + " is delivered twice");
    }
    return this;
  }

  /** The names of all commands, delivered or not. */
  static Collection<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The command line over all commands, with the given answers to errors. */
  CommandLine build(ErrorLines errors) {
    CommandLine root = new CommandLine(new WaipCommand());
    ALL.forEach((name, purpose) -> {
      CommandLine command = subcommand(name);
      command.getCommandSpec().usageMessage().description(purpose);
      root.addSubcommand(name, command);
    });
    root.getCommandSpec().usageMessage().footer(footer());
    return root.registerConverter(Duration.class, new DurationConverter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private CommandLine subcommand(String name) {
    Object command = delivered.get(name);
    if (command instanceof CommandLine group) {
      return group;
    }
    return command != null
        ? new CommandLine(command)
        : new CommandLine(new PendingCommand(name, deliveredNames()))
            .setUnmatchedArgumentsAllowed(true);
  }

  private String deliveredNames() {
    return String.join(", ", names().stream().filter(delivered::containsKey).toList());
  }

  private String footer() {
    List<String> pending = names().stream().filter(name -> !delivered.containsKey(name)).toList();
    return pending.isEmpty() ? "" : "%nNot delivered yet: " + String.join(", ", pending) + ".";
  }
}
