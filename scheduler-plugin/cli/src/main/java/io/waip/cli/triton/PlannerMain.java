package io.waip.cli.triton;

import io.waip.cli.config.PlannerConfig;
import io.waip.cli.input.UserError;
import io.waip.triton.DirectExecutor;
import io.waip.triton.PlannerProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Entry point of the planner process: {@code --rings PATH --config FILE}. Exit codes are those of
 * {@link PlannerProcess}; bad arguments and a bad configuration are one line and {@link
 * PlannerProcess#USAGE}.
 */
public final class PlannerMain {
  private static final String RINGS = "--rings";
  private static final String CONFIG = "--config";
  private static final List<String> OPTIONS = List.of(RINGS, CONFIG);

  private PlannerMain() {}

  /** Plans until the front gives the memory up, and ends the process. */
  public static void main(String[] args) {
    // Not exit: nothing is left to do, and a shutdown hook that hangs would keep the process.
    Runtime.getRuntime().halt(run(args, System.err::println));
  }

  /** Plans; returns the exit code. */
  static int run(String[] args, Consumer<String> log) {
    PlannerProcess.Settings settings;
    try {
      Map<String, String> options = options(args);
      Path config = Path.of(required(options, CONFIG));
      Path rings = Path.of(required(options, RINGS));
      settings =
          new PlannerProcess.Settings(
              rings,
              SpecReader.read(config.toString(), PlannerConfig.load(config), log),
              DirectExecutor.NONE,
              log);
    } catch (UserError e) {
      log.accept("planner: " + e.line());
      return PlannerProcess.USAGE;
    } catch (RuntimeException e) {
      log.accept("planner: the configuration cannot be used: " + e.getMessage());
      return PlannerProcess.USAGE;
    }
    return PlannerProcess.run(settings);
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw UserError.usage(
            "unknown or incomplete argument '" + args[i] + "'",
            "",
            "--rings PATH --config FILE",
            "");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw UserError.usage(
          "argument " + name + " is missing", "", "--rings PATH --config FILE", "");
    }
    return value;
  }
}
