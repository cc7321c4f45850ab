package io.waip.cli.bench.front;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code waip bench front}. */
final class FrontOptions {
  private static final int MAX = 100_000;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      converter = Count.class,
      defaultValue = "2000",
      description = "Pairs of calls for the added latency, 1 to 100000; default ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      converter = CountOrNone.class,
      defaultValue = "200",
      description =
          "Faults done under load, 0 to 100000, spread over all kinds; default ${DEFAULT-VALUE}.")
  private int repetitions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of arrivals, order and times; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--server",
      paramLabel = "FOLDER",
      description =
          "An unpacked tritonserver, the folder with bin/tritonserver; default what"
              + " install-stock-server made.")
  private @Nullable Path server;

  @Option(
      names = "--backend",
      paramLabel = "FOLDER",
      description = "The backend folder waip; default the one of the last -Pdist build.")
  private @Nullable Path backend;

  @Option(
      names = "--null-test",
      description =
          "No front: a second copy of each target in its place. The added latency must be 0, which"
              + " shows what the measurement itself adds. No faults.")
  private boolean nullTest;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description = "Keep the server's log and every request of the loads in a new folder.")
  private @Nullable Path keep;

  int pairs() {
    return pairs;
  }

  int repetitions() {
    return repetitions;
  }

  long seed() {
    return seed;
  }

  @Nullable Path server() {
    return server;
  }

  @Nullable Path backend() {
    return backend;
  }

  @Nullable Path keep() {
    return keep;
  }

  boolean isNullTest() {
    return nullTest;
  }

  private static int whole(String value, int min) {
    if (value.matches("\\d{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= min && number <= MAX) {
        return number;
      }
    }
    throw new TypeConversionException(
        "'%s' is not a count; allowed: a whole number from %d to %d, for example 200"
            .formatted(value, min, MAX));
  }

  /** A whole number from 1. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 1);
    }
  }

  /** A whole number from 0. */
  static final class CountOrNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 0);
    }
  }
}
