package io.waip.cli.shadow;

import io.waip.replay.shadow.ModelErrors;
import io.waip.replay.shadow.PairedErrors;
import io.waip.replay.shadow.ShadowFigures;
import io.waip.replay.shadow.ShadowFigures.Difference;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;

/** Two models over the same executions, for people. */
public final class ShadowTable {
  private final PrintWriter out;

  /** Prints there. */
  public ShadowTable(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints what came of one variant.
   *
   * @param first and {@code shadow}: what the models are called
   */
  public void print(String variant, String first, String shadow, ShadowFigures figures) {
    out.printf(
        Locale.ROOT,
        "%n%s: %d executions known to both, %d not%n",
        variant,
        figures.executions(),
        figures.unknown());
    if (figures.executions() > 0) {
      String name = "  %-" + Math.max(first.length(), shadow.length()) + "s";
      out.printf(
          Locale.ROOT,
          name + " %9s %9s %9s %9s%n",
          "",
          "mean_%",
          "bias_%",
          "cover_p95",
          "cover_p99");
      row(name, first, figures.first());
      row(name, shadow, figures.shadow());
      verdict(first, shadow, figures.difference());
    }
    out.flush();
  }

  private void row(String name, String label, ModelErrors errors) {
    out.printf(
        Locale.ROOT,
        name + " %9.2f %9.2f %9s %9s%n",
        label,
        100 * errors.meanAbsRelError(),
        100 * Math.expm1(errors.meanLogRatio()),
        share(errors.coverageP95()),
        share(errors.coverageP99()));
  }

  private void verdict(String first, String shadow, Difference difference) {
    String interval =
        String.format(
            Locale.ROOT,
            "by %.2f percentage points of mean error, 95 %% interval %.2f to %.2f",
            100 * Math.abs(difference.mean()),
            100 * Math.min(Math.abs(difference.low()), Math.abs(difference.high())),
            100 * Math.max(Math.abs(difference.low()), Math.abs(difference.high())));
    out.println(
        switch (difference.verdict()) {
          case SHADOW_NEARER -> "  " + shadow + " is nearer, " + interval;
          case FIRST_NEARER -> "  " + first + " is nearer, " + interval;
          case NOT_TOLD_APART ->
              String.format(
                  Locale.ROOT,
                  "  not told apart: the mean errors differ by %.2f percentage points, 95 %%"
                      + " interval %.2f to %.2f",
                  100 * difference.mean(),
                  100 * difference.low(),
                  100 * difference.high());
          case TOO_FEW ->
              "  not told apart: fewer than " + PairedErrors.LEAST_EXECUTIONS + " executions";
        });
  }

  private static String share(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", share.getAsDouble());
  }
}
