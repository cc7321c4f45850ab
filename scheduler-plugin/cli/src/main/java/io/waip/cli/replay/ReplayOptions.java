package io.waip.cli.replay;

import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import io.waip.replay.Devices;
import io.waip.replay.Noise;
import io.waip.replay.Pace;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.LengthsReader;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceCut;
import io.waip.replay.trace.TraceFormatException;
import io.waip.replay.trace.TraceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code waip replay} and the checks they must pass. */
final class ReplayOptions {
  static final int DEFAULT_REQUESTS = 20_000;
  static final int MAX_REQUESTS = 10_000_000;
  static final double MIN_PACE = 0.001;
  static final double MAX_SPEEDUP = 1_000_000;
  static final double MAX_LOAD = 1000;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Requests from a file: Azure LLM, BurstGPT, Mooncake, Qwen-Bailian, ServeGen windows or"
              + " plain CSV, told by its first line; generated without it.")
  private @Nullable Path trace;

  @Option(
      names = "--from",
      paramLabel = "DURATION",
      description = "Leave out what arrives in the first DURATION of the trace (default: 0s).")
  private @Nullable Duration from;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Take only that much time of the trace (default: all).")
  private @Nullable Duration span;

  @Option(
      names = "--speedup",
      paramLabel = "X",
      description = "Offer the trace X times as fast (default: 1).")
  private @Nullable Double speedup;

  @Option(
      names = "--load",
      paramLabel = "X",
      description = "Offer X times the capacity (default for generated requests: 1).")
  private @Nullable Double load;

  @Option(
      names = "--lengths",
      paramLabel = "FILE",
      description = "Lengths from a CSV file, column wordpieces; request i takes row i mod n.")
  private @Nullable Path lengths;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "The first N of the trace (default: all), or N generated (default: 20000).")
  private @Nullable Integer requests;

  @Option(
      names = "--policy",
      paramLabel = "A,B",
      defaultValue = "waip,fifo,edf-prefix",
      description =
          "Policies: waip, fifo, edf-prefix, triton, clipper-aimd, nexus, clockwork, symphony;"
              + " default ${DEFAULT-VALUE}.")
  private String policies = "";

  @Option(
      names = "--tune",
      description = "Run triton with the settings that serve most, out of a grid.")
  private boolean tune;

  @Option(
      names = "--noise",
      paramLabel = "CV",
      defaultValue = "0",
      description = "Lognormal noise on batch times, 0 to 2 (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of noise and of drawn requests (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private TenantOptions tenants = new TenantOptions();
  @Mixin private ServiceOptions services = new ServiceOptions();
  @Mixin private DeviceOptions devices = new DeviceOptions();

  @Option(
      names = "--arrivals",
      paramLabel = "SPEC",
      description =
          "Generated arrivals: poisson, gamma:cv=13, mmpp:rates=1/8,dwell=2s/500ms,"
              + " diurnal:period=60s,peak=3 (default: poisson).")
  private @Nullable String arrivals;

  /**
   * Checks everything that was typed, then reads the files.
   *
   * @throws UserError if an option or a file is not as it should be
   */
  ReplaySpec spec() {
    requireOnePace();
    requirePartOfATrace();
    requireRange("--noise", noise, 0, Noise.MAX, "0 to 2");
    policies();
    isTuned();
    List<ServiceSpec> asked = services.services();
    Devices serving = devices.devices();
    try {
      return new ReplaySpec(traffic(), asked, serving, new Noise(noise, seed));
    } catch (IllegalArgumentException e) {
      throw wrong("--devices", String.valueOf(e.getMessage()), "", "");
    }
  }

  /**
   * Returns the policies asked for.
   *
   * @throws UserError if one is unknown or named twice
   */
  List<Policy> policies() {
    List<Policy> found = new ArrayList<>();
    for (String name : policies.split(",", -1)) {
      if (!Policy.labels().contains(name)) {
        throw wrong(
            "--policy",
            "unknown policy '" + name + "'",
            "one or more of " + String.join(",", Policy.labels()),
            Suggestion.didYouMean(name, Policy.labels()));
      }
      if (found.contains(Policy.parse(name))) {
        throw wrong("--policy", "'" + name + "' is named twice", "each once", "remove one");
      }
      found.add(Policy.parse(name));
    }
    return found;
  }

  /**
   * Says whether the settings of {@code triton} are to be searched.
   *
   * @throws UserError if they are, but {@code triton} is not to be run
   */
  boolean isTuned() {
    if (tune && !policies().contains(Policy.TRITON)) {
      throw wrong(
          "--tune",
          "no policy has settings to search",
          "--tune with the policy triton",
          "add triton to --policy, or leave --tune out");
    }
    return tune;
  }

  /** Returns what the reader of the figures should know of the options, one line each. */
  List<String> notes() {
    boolean isIdle = lengths != null && !services.dependOnLength();
    return isIdle ? List.of("note: --lengths has no effect, as --cost has no gamma") : List.of();
  }

  private void requireOnePace() {
    if (speedup != null && load != null) {
      throw wrong(
          "--speedup", "given together with --load", "one of the two", "remove one of them");
    }
    if (speedup != null && trace == null) {
      throw wrong(
          "--speedup",
          "generated requests have no pace to change",
          "--speedup with --trace",
          "give --load instead, or a trace");
    }
    if (arrivals != null && trace != null) {
      throw wrong(
          "--arrivals", "given together with --trace", "one of the two", "remove one of them");
    }
    requirePace("--speedup", speedup, MAX_SPEEDUP, "0.001 to 1000000");
    requirePace("--load", load, MAX_LOAD, "0.001 to 1000");
    if (requests != null) {
      requireRange("--requests", requests, 2, MAX_REQUESTS, "2 to 10000000");
    }
  }

  private void requirePartOfATrace() {
    if ((from != null || span != null) && trace == null) {
      throw wrong(
          from != null ? "--from" : "--for",
          "generated requests have no part to take",
          "--from and --for with --trace",
          "give --requests instead, or a trace");
    }
    if (span != null && span.isZero()) {
      throw wrong("--for", "value out of range", "a duration above 0s", "such as --for 1h");
    }
  }

  private static void requirePace(
      String option, @Nullable Double value, double max, String allowed) {
    if (value != null) {
      requireRange(option, value, MIN_PACE, max, allowed);
    }
  }

  static void requireRange(String option, Number value, double min, double max, String allowed) {
    if (!(value.doubleValue() >= min && value.doubleValue() <= max)) {
      throw wrong(option, value + " is out of range", allowed, "give a value in the range");
    }
  }

  private Traffic traffic() {
    Traffic offered = trace == null ? generated() : recorded(trace);
    Traffic sent = tenants.applyTo(offered);
    return lengths == null ? sent : sent.withLengths(read(lengths, LengthsReader::read));
  }

  private Traffic generated() {
    ArrivalSpec process =
        parsed("--arrivals", arrivals == null ? "poisson" : arrivals, ArrivalSpec::parse);
    int count = requests == null ? DEFAULT_REQUESTS : requests;
    return Traffic.generated(process, count, load == null ? 1 : load);
  }

  private Traffic recorded(Path file) {
    Trace read = read(file, each -> TraceReader.read(each, cut(), seed));
    Pace pace =
        load == null ? new Pace.Speedup(speedup == null ? 1 : speedup) : new Pace.Load(load);
    Traffic all = Traffic.recorded(read, pace);
    if (requests == null) {
      return all;
    }
    if (requests > read.size()) {
      throw wrong(
          "--requests",
          "%d asked for, %s has %d".formatted(requests, file, read.size()),
          "2 to " + read.size(),
          "ask for fewer or give a longer trace");
    }
    return all.first(requests);
  }

  private TraceCut cut() {
    return new TraceCut(
        from == null ? 0 : from.toNanos(),
        span == null ? Long.MAX_VALUE : span.toNanos(),
        requests == null ? Integer.MAX_VALUE : requests);
  }

  private static <T> T read(Path file, Function<Path, T> reader) {
    try {
      return reader.apply(file);
    } catch (TraceFormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), "", "", "");
    }
  }

  static <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option, String.valueOf(e.getMessage()), "", "see 'waip replay --help'");
    }
  }

  private static UserError wrong(String option, String what, String allowed, String remedy) {
    return UserError.usage(what, option, allowed, remedy);
  }
}
