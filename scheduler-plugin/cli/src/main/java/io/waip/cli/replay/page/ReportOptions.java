package io.waip.cli.replay.page;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options {@code --report} and {@code --report-loads}. */
public final class ReportOptions {
  static final int MOST_LOADS = 50;
  static final double LEAST_LOAD = 0.001;
  static final double MOST_LOAD = 1000;

  /** Requests above which the default loads are fewer: a point costs time for each of them. */
  static final int MANY_REQUESTS = 200_000;

  private static final String ALLOWED =
      "1 to 50 numbers from 0.001 to 1000, each once, separated by commas";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write an HTML report to FILE; runs every policy at several loads for it.")
  private @Nullable Path file;

  @Option(
      names = "--report-loads",
      paramLabel = "X,Y",
      description = "Loads of the report's curves (default: 0.5 to 1.5 by 0.1).")
  private @Nullable String loads;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** Says whether a report was asked for. */
  boolean isWanted() {
    return file != null;
  }

  /**
   * Checks the options before any work is done.
   *
   * @throws UserError if the loads are not as they should be, or the file cannot be written
   */
  public void check() {
    if (loads != null && file == null) {
      throw UserError.usage(
          "given without --report",
          "--report-loads",
          "beside --report",
          "add --report FILE or leave it out");
    }
    loads(0);
    if (file != null) {
      reportFile().check();
    }
  }

  /** Returns where the report goes. */
  OutputFile reportFile() {
    Path path = file;
    if (path == null) {
      throw new IllegalStateException("no report was asked for");
    }
    return new OutputFile("--report", path);
  }

  /**
   * Returns the loads of the sweep, ascending.
   *
   * @param requests of the workload; of many the default takes fewer loads
   * @throws UserError if they are not as they should be
   */
  List<Double> loads(int requests) {
    String given = loads;
    if (given == null) {
      int step = requests > MANY_REQUESTS ? 25 : 10;
      return IntStream.iterate(50, percent -> percent <= 150, percent -> percent + step)
          .mapToObj(percent -> percent / 100.0)
          .toList();
    }
    List<Double> found = new ArrayList<>();
    for (String text : given.split(",", -1)) {
      double load = load(text.strip());
      if (found.contains(load)) {
        throw wrong("'" + text.strip() + "' is named twice");
      }
      found.add(load);
    }
    if (found.size() > MOST_LOADS) {
      throw wrong(found.size() + " loads");
    }
    return found.stream().sorted().toList();
  }

  private static double load(String text) {
    boolean isNumber = text.matches("\\d{1,9}(\\.\\d{1,9})?");
    double load = isNumber ? Double.parseDouble(text) : 0;
    if (load < LEAST_LOAD || load > MOST_LOAD) {
      throw wrong("'" + text + "' is not a load");
    }
    return load;
  }

  private static UserError wrong(String what) {
    return UserError.usage(what, "--report-loads", ALLOWED, "such as --report-loads 0.5,1,1.5");
  }

  /** Returns what was replayed, as the command was called. */
  Subject subject() {
    Object trace = valueOf("--trace");
    Object process = valueOf("--arrivals");
    String source =
        trace instanceof Path path
            ? String.valueOf(path.getFileName())
            : "generated arrivals, " + (process == null ? "poisson" : process);
    StringBuilder call = new StringBuilder("waip replay");
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      if (!List.of("--report", "--json").contains(option.longestName())) {
        call.append(' ').append(option.longestName());
        option.originalStringValues().forEach(value -> call.append(' ').append(quoted(value)));
      }
    }
    return new Subject(source, call.toString());
  }

  private @Nullable Object valueOf(String option) {
    OptionSpec found = command.findOption(option);
    return found == null ? null : found.getValue();
  }

  /** Quotes what a shell would take apart. */
  private static String quoted(String value) {
    return value.matches("[\\w./:=,+@%-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  /**
   * What was replayed.
   *
   * @param source trace or process of arrivals
   * @param call the command line, without the files it writes
   */
  record Subject(String source, String call) {}
}
