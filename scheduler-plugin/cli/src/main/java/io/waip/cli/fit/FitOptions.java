package io.waip.cli.fit;

import io.waip.api.cost.FitTrial;
import io.waip.cli.input.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is fitted, and how it is judged. */
final class FitOptions {
  private static final String DEFAULT_FITTER = "roofline";

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
      names = "--fitter",
      paramLabel = "NAME",
      description = "Kind of cost model. Default: " + DEFAULT_FITTER + ".")
  private @Nullable String fitter;

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

  @Option(
      names = "--shadow",
      arity = "2",
      paramLabel = "MODEL",
      description =
          "Let two models that --output wrote predict the executions of --records; fits nothing.")
  private List<Path> shadowed = new ArrayList<>();

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description = "Decision records with the executions for --shadow.")
  private @Nullable Path records;

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

  String fitter() {
    return fitter == null ? DEFAULT_FITTER : fitter;
  }

  @Nullable String format() {
    return format;
  }

  @Nullable Path output() {
    return output;
  }

  /**
   * Returns the two models to compare; empty where none are.
   *
   * @throws UserError if something is to be fitted as well
   */
  List<Path> models() {
    requireAlone(
        "--diff", models, "--diff A B, and --json", records != null || !shadowed.isEmpty());
    return models;
  }

  /**
   * Returns the two models to run over records; empty where none are.
   *
   * @throws UserError if there are no records, or something is to be fitted as well
   */
  List<Path> shadowed() {
    requireAlone("--shadow", shadowed, "--shadow A B --records FILE, and --json", records == null);
    if (shadowed.isEmpty() && records != null) {
      throw UserError.usage(
          "given without --shadow",
          "--records",
          "--shadow A B --records FILE",
          "to fit to recorded executions give the file as --input");
    }
    return shadowed;
  }

  /** Returns the records for {@link #shadowed()}, which is not empty. */
  Path records() {
    return Objects.requireNonNull(records);
  }

  private void requireAlone(String option, List<Path> two, String allowed, boolean isWrong) {
    if (two.isEmpty()) {
      return;
    }
    boolean fits = !inputs.isEmpty() || output != null || fitter != null;
    if (fits || isWrong || two.size() != 2) {
      throw UserError.usage(
          option + " compares two models and fits nothing",
          option,
          allowed,
          "leave out --input, --output and --fitter: each file names its fitter");
    }
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
