package io.waip.cli.fit;

import io.waip.api.cost.FitTrial;
import io.waip.cli.input.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is fitted, and how it is judged. */
final class FitOptions {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Measurements; may be given several times.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "Form of the input files. Default: found from each file.")
  private @Nullable String format;

  @Option(
      names = "--train-points",
      paramLabel = "N",
      defaultValue = "20",
      description = "Shapes of each subject that a judged fit sees (default: ${DEFAULT-VALUE}).")
  private int trainPoints;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      defaultValue = "20",
      description = "How often shapes are drawn and a fit is judged (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the model fitted to all points to FILE.")
  private @Nullable Path output;

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "MODEL",
      description = "Compare two models that --output wrote; fits nothing.")
  private List<Path> models = new ArrayList<>();

  /**
   * Returns the files to read.
   *
   * @throws UserError if there is none
   */
  List<Path> inputs() {
    if (inputs.isEmpty()) {
      throw UserError.usage(
          "nothing to fit",
          "--input",
          "a file of measurements, or --diff with two models",
          "see 'waip fit --help'");
    }
    return inputs;
  }

  @Nullable String format() {
    return format;
  }

  @Nullable Path output() {
    return output;
  }

  /** Returns the two models to compare; empty where something is to be fitted. */
  List<Path> models() {
    if (models.isEmpty()) {
      return models;
    }
    if (!inputs.isEmpty() || output != null || models.size() != 2) {
      throw UserError.usage(
          "--diff compares two models and fits nothing",
          "--diff",
          "--diff A B, and --json",
          "leave out --input and --output");
    }
    return models;
  }

  /**
   * Returns how the fit is judged.
   *
   * @throws UserError if a number is out of range
   */
  FitTrial trial() {
    requireAtLeast("--train-points", trainPoints, FitTrial.MIN_TRAIN_POINTS);
    requireAtLeast("--seeds", seeds, 1);
    return new FitTrial(trainPoints, seeds);
  }

  private static void requireAtLeast(String option, int number, int least) {
    if (number < least) {
      throw UserError.usage(
          "is " + number, option, "a whole number >= " + least, "give a larger number");
    }
  }
}
