package io.waip.cli.profile;

import io.waip.cli.input.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured, how long, and how it is run. */
final class ProfileOptions {
  private static final int MAX_THREADS = 256;
  private static final int MAX_BATCH = 1024;
  private static final int MAX_LENGTH = 100_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "ONNX model; may be given several times. Its name without the ending is that of"
              + " the variant.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Measure the variants of a configuration, from --model-repository.")
  private @Nullable Path config;

  @Option(
      names = "--model-repository",
      paramLabel = "FOLDER",
      description = "Where the models of --config lie, as NAME/VERSION/model.onnx.")
  private @Nullable Path repository;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads inside one execution (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--max-batch",
      paramLabel = "B",
      defaultValue = "8",
      description = "Largest batch; 1, 2, 4 … and B are measured (default: ${DEFAULT-VALUE}).")
  private int maxBatch;

  @Option(
      names = "--lengths",
      paramLabel = "L",
      split = ",",
      defaultValue = "8,16,32,64,128",
      description = "Lengths, where the model has one (default: ${DEFAULT-VALUE}).")
  private List<Integer> lengths = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "D",
      defaultValue = "60s",
      description = "Time for each model, warm-up included (default: ${DEFAULT-VALUE}).")
  private Duration budget = Duration.ZERO;

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      defaultValue = "0.02",
      description =
          "Half of the median's 95 %% interval, as a share of the median, that is enough to stop"
              + " before (default: ${DEFAULT-VALUE}).")
  private double precision;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the order in which shapes take turns (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Name of the hardware in the file. Default: the processor's.")
  private @Nullable String device;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the measurements to FILE, for 'waip fit --input FILE'.")
  private @Nullable Path output;

  /**
   * Checks the numbers.
   *
   * @throws UserError if one is out of range
   */
  void check() {
    requireIn("--threads", threads, MAX_THREADS);
    requireIn("--max-batch", maxBatch, MAX_BATCH);
    for (int length : lengths) {
      requireIn("--lengths", length, MAX_LENGTH);
    }
    if (lengths.isEmpty() || lengths.stream().distinct().count() < lengths.size()) {
      throw UserError.usage(
          "are " + lengths, "--lengths", "one or more lengths, each once", "name each once");
    }
    if (budget.compareTo(SHORTEST) < 0 || budget.compareTo(LONGEST) > 0) {
      throw UserError.usage(
          "is " + budget.toMillis() + " ms", "--budget", "1s to 24h", "give a time in that range");
    }
    if (!(precision >= 0.001 && precision <= 0.5)) {
      throw UserError.usage(
          "is " + precision, "--precision", "a share from 0.001 to 0.5", "0.02 is 2 %");
    }
  }

  private static void requireIn(String option, int number, int most) {
    if (number < 1 || number > most) {
      throw UserError.usage(
          "is " + number, option, "a whole number from 1 to " + most, "give one in that range");
    }
  }

  /**
   * Returns the models to measure, at least one, names distinct.
   *
   * @throws UserError if none or both ways to name them are given, or a file is not there
   */
  List<ModelFile> models() {
    boolean isConfigured = config != null;
    if (isConfigured == !models.isEmpty() || isConfigured != (repository != null)) {
      throw UserError.usage(
          "nothing to measure, or both",
          "--model",
          "--model FILE, or --config FILE with --model-repository FOLDER",
          "see 'waip profile --help'");
    }
    List<ModelFile> files =
        config != null && repository != null
            ? ModelFile.configured(config, repository)
            : models.stream().map(ModelFile::named).toList();
    if (files.stream().map(ModelFile::variant).distinct().count() < files.size()) {
      throw UserError.usage(
          "two models have one name", "--model", "files of different names", "rename one");
    }
    for (ModelFile file : files) {
      if (!Files.isRegularFile(file.path())) {
        throw new UserError(
            "no such model file", file.path().toString(), "an ONNX model", "check the path");
      }
    }
    return files;
  }

  /** Returns the plan for a model. */
  ProfilePlan plan(boolean hasLength) {
    List<Integer> sorted = hasLength ? lengths.stream().sorted().toList() : List.of(1);
    return new ProfilePlan(ProfilePlan.doublings(maxBatch), sorted, budget, precision, seed);
  }

  int threads() {
    return threads;
  }

  int maxBatch() {
    return maxBatch;
  }

  int maxLength() {
    return lengths.stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  Duration budget() {
    return budget;
  }

  double precision() {
    return precision;
  }

  long seed() {
    return seed;
  }

  String device(String cpu) {
    return device == null ? cpu : device;
  }

  @Nullable Path output() {
    return output;
  }
}
