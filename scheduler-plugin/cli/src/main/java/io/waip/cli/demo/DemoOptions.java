package io.waip.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code waip demo} that shape the run. */
final class DemoOptions {
  private static final int MIN_SECONDS = 2;
  private static final int MAX_SECONDS = 3600;
  private static final double MAX_LOAD = 10;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      converter = Seconds.class,
      defaultValue = "20",
      description = "Length of each arm in seconds, 2 to 3600; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--load",
      paramLabel = "X",
      converter = Load.class,
      defaultValue = "1.3",
      description =
          "Offered rate over the reference variant's capacity, above 0 up to 10; default"
              + " ${DEFAULT-VALUE}.")
  private double load;

  @Option(
      names = "--slo",
      paramLabel = "D",
      defaultValue = "100ms",
      description = "Latency objective of interactive requests; default ${DEFAULT-VALUE}.")
  private Duration slo = Duration.ofMillis(100);

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Trace whose arrival times are used, stretched to the load, in a form that waip replay"
              + " reads; default Poisson arrivals.")
  private @Nullable Path trace;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of arrivals and texts; tuning uses another; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "waip-report.html",
      description = "Where the HTML report goes; default ${DEFAULT-VALUE}.")
  private Path report = Path.of("waip-report.html");

  /** Returns the window of each arm. */
  Duration window() {
    return Duration.ofSeconds(seconds);
  }

  double load() {
    return load;
  }

  Duration slo() {
    return slo;
  }

  @Nullable Path trace() {
    return trace;
  }

  long seed() {
    return seed;
  }

  Path report() {
    return report;
  }

  /** Whole seconds in range. */
  static final class Seconds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      try {
        int seconds = Integer.parseInt(value);
        if (seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) {
          return seconds;
        }
      } catch (NumberFormatException e) {
        throw outside(value, e);
      }
      throw outside(value, null);
    }

    private static TypeConversionException outside(String value, @Nullable Throwable cause) {
      TypeConversionException failure =
          new TypeConversionException(
              "'%s' is not a whole number of seconds; allowed: %d to %d, for example 20"
                  .formatted(value, MIN_SECONDS, MAX_SECONDS));
      failure.initCause(cause);
      return failure;
    }
  }

  /** A positive factor. */
  static final class Load implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      if (value.matches("\\d{1,3}(\\.\\d{1,6})?")) {
        double load = Double.parseDouble(value);
        if (load > 0 && load <= MAX_LOAD) {
          return load;
        }
      }
      throw new TypeConversionException(
          "'%s' is not a load; allowed: a number above 0 and up to 10, for example 1.3"
              .formatted(value));
    }
  }
}
