package io.waip.cli.triton;

import io.waip.cli.config.PlannerConfig;
import io.waip.cli.control.ControlThread;
import io.waip.cli.control.Controls;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.PluginOptions;
import io.waip.triton.DirectExecutor;
import io.waip.triton.Drift;
import io.waip.triton.PlanInbox;
import io.waip.triton.PlannerProcess;
import io.waip.triton.PlannerWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Entry point of the planner process: {@code --rings PATH --config FILE [--plugin-path FOLDER]...}.
 * Exit codes are those of {@link PlannerProcess}; bad arguments and a bad configuration are one
 * line and {@link PlannerProcess#USAGE}.
 */
public final class PlannerMain {
  private static final String RINGS = "--rings";
  private static final String CONFIG = "--config";
  private static final String PLUGIN_PATH = "--plugin-path";
  private static final List<String> OPTIONS = List.of(RINGS, CONFIG, PLUGIN_PATH);
  private static final String USAGE_LINE = "--rings PATH --config FILE [--plugin-path FOLDER]...";

  private PlannerMain() {}

  /** Plans until the front gives the memory up, and ends the process. */
  public static void main(String[] args) {
    // Not exit: nothing is left to do, and a shutdown hook that hangs would keep the process.
    Runtime.getRuntime().halt(run(args, System.err::println));
  }

  /** Plans; returns the exit code. */
  public static int run(String[] args, Consumer<String> log) {
    Path rings;
    SpecReader.Wanted wanted;
    PlannerConfig read;
    PlanInbox inbox = new PlanInbox();
    Optional<ControlThread> control;
    try {
      Map<String, List<String>> options = options(args);
      Path config = required(options, CONFIG);
      rings = required(options, RINGS);
      PluginOptions plugins =
          PluginOptions.of(
              options.getOrDefault(PLUGIN_PATH, List.of()).stream().map(Path::of).toList());
      read = PlannerConfig.load(config);
      wanted = SpecReader.read(config.toString(), read, plugins, log);
      control = Controls.start(read, wanted.spec(), inbox, log);
    } catch (UserError e) {
      log.accept("planner: " + e.line());
      return PlannerProcess.USAGE;
    } catch (RuntimeException e) {
      log.accept("planner: the configuration cannot be used: " + e.getMessage());
      return PlannerProcess.USAGE;
    }
    // Where nobody plans anew, a drift is said, and that is all.
    Consumer<Drift> replan = drift -> control.ifPresent(ControlThread::planSoon);
    Hints hints = Hints.start(read.planner().hints(), control, log);
    try (Watchers watchers = new Watchers(wanted, replan, log)) {
      List<PlannerWatcher> all = new ArrayList<>(watchers.all());
      control.map(ControlThread::watcher).map(w -> guarded(w, log)).ifPresent(all::add);
      return PlannerProcess.run(
          new PlannerProcess.Settings(rings, wanted.spec(), DirectExecutor.NONE, all, inbox, log));
    } finally {
      hints.close();
      control.ifPresent(ControlThread::close);
    }
  }

  private static PlannerWatcher guarded(PlannerWatcher watcher, Consumer<String> log) {
    return new FailOpenWatcher(watcher, "the window for plans", log);
  }

  private static Map<String, List<String>> options(String[] args) {
    Map<String, List<String>> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw UserError.usage(
            "unknown or incomplete argument '" + args[i] + "'", "", USAGE_LINE, "");
      }
      options.computeIfAbsent(args[i], name -> new ArrayList<>()).add(args[i + 1]);
    }
    return options;
  }

  private static Path required(Map<String, List<String>> options, String name) {
    List<String> values = options.getOrDefault(name, List.of());
    if (values.size() != 1) {
      String what = values.isEmpty() ? " is missing" : " is given more than once";
      throw UserError.usage("argument " + name + what, "", USAGE_LINE, "");
    }
    return Path.of(values.getFirst());
  }
}
