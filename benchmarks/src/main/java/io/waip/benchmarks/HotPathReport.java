package io.waip.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the hot-path benchmarks and their neighbours with the allocation profiler, about a minute,
 * and writes the figures.
 *
 * <pre>{@code
 * java -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
 *     io.waip.benchmarks.HotPathReport [--json FILE]
 * }</pre>
 *
 * <p>Exit status: 0, 1 where a gated benchmark allocates 1 B/op or more or a benchmark failed, 2
 * for a wrong command line.
 */
public final class HotPathReport {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final int NEIGHBOUR_FORKS = 3;

  private HotPathReport() {}

  /**
   * How long to measure.
   *
   * @param forked whether each benchmark has JVMs of its own, or runs in this one
   * @param warmups warm-up iterations of each fork
   * @param iterations measured iterations of each fork
   * @param engineMillis length of an iteration of the engine
   * @param neighbourMillis length of an iteration of a neighbour
   */
  record Effort(
      boolean forked, int warmups, int iterations, int engineMillis, int neighbourMillis) {
    /** About a minute. */
    static final Effort SHORT = new Effort(true, 4, 5, 900, 120);
  }

  /** Runs the report and ends the JVM with its exit status. */
  @SuppressWarnings("SystemOut") // A command prints.
  public static void main(String[] args) throws Exception {
    System.exit(run(args, Effort.SHORT, System.out, System.err));
  }

  static int run(String[] args, Effort effort, PrintStream out, PrintStream err)
      throws RunnerException, IOException, InterruptedException {
    Path json = null;
    if (args.length == 2 && args[0].equals("--json")) {
      json = Path.of(args[1]);
    } else if (args.length != 0) {
      err.println("HotPathReport takes --json FILE or nothing, got: " + String.join(" ", args));
      return 2;
    }
    return report(measure(effort), json, out, err);
  }

  static int report(Figures figures, @Nullable Path json, PrintStream out, PrintStream err)
      throws IOException {
    if (json != null) {
      Files.writeString(json, MAPPER.writeValueAsString(figures));
    }
    for (Measured m : figures.benchmarks()) {
      out.printf(
          "%-24s %-45s %10.1f ns/op  +- %8s  %s B/op%n",
          m.name(), m.params(), m.nsPerOp(), decimal(m.errorNs()), decimal(m.allocBytesPerOp()));
    }
    figures.ratios().forEach((name, ratio) -> out.printf("%-50s %.2f%n", name, ratio));
    for (Measured m : figures.violations()) {
      err.printf(
          "%s %s allocates %s B/op, allowed are less than %.0f%n",
          m.name(), m.params(), decimal(m.allocBytesPerOp()), Figures.MAX_ALLOC_BYTES);
    }
    return figures.violations().isEmpty() ? 0 : 1;
  }

  private static String decimal(@Nullable Double value) {
    return value == null ? "unknown" : "%.3f".formatted(value);
  }

  /** Measures the neighbours before and after the engine, so that a slow drift meets both. */
  private static Figures measure(Effort effort) throws RunnerException, InterruptedException {
    List<RunResult> results = new ArrayList<>();
    results.addAll(new Runner(neighbours(effort)).run());
    results.addAll(
        new Runner(
                options(effort, 1, effort.engineMillis())
                    .include(AdmissionToCompletionBenchmark.class.getName())
                    .build())
            .run());
    results.addAll(new Runner(neighbours(effort)).run());
    return Figures.of(Measured.of(results));
  }

  /** Several forks: whether two threads share a core's cache is decided once for each JVM. */
  private static Options neighbours(Effort effort) {
    return options(effort, NEIGHBOUR_FORKS, effort.neighbourMillis())
        .include(RingHopBenchmark.class.getName())
        .include(VolatileReadBenchmark.class.getName())
        .param("ring", "one_to_one")
        .build();
  }

  private static ChainedOptionsBuilder options(Effort effort, int forks, int millis) {
    return new OptionsBuilder()
        .forks(effort.forked() ? forks : 0)
        .warmupIterations(effort.warmups())
        .warmupTime(TimeValue.milliseconds(millis))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.milliseconds(millis))
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(effort.forked() ? VerboseMode.NORMAL : VerboseMode.SILENT);
  }
}
