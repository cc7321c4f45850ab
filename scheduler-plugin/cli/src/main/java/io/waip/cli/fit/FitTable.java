package io.waip.cli.fit;

import io.waip.api.cost.FitFigures;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitJudgement.SubjectFigures;
import io.waip.api.cost.FitTrial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of a fit for people. */
final class FitTable {
  private static final String BORROWED = "*";
  private static final int MIN_NAME = 7;

  private final PrintWriter out;

  FitTable(PrintWriter out) {
    this.out = out;
  }

  void judgement(int measurements, FitJudgement judgement, FitTrial trial) {
    out.printf(
        Locale.ROOT,
        "%d measurements; each of %d splits fits to the shapes under 'seen' and is judged at the"
            + " rest%n",
        measurements,
        trial.splits());
    out.println();
    int width =
        judgement.subjects().stream()
            .mapToInt(s -> s.subject().label().length())
            .max()
            .orElse(MIN_NAME);
    String name = "%-" + Math.max(MIN_NAME, width) + "s";
    out.printf(
        Locale.ROOT,
        name + " %6s %6s %7s %7s %8s %8s %8s %9s %8s %7s%n",
        "subject",
        "points",
        "seen",
        "mean_%",
        "p99_%",
        "beyond_%",
        "within_%",
        "repeat_%",
        "cover_p95",
        "width_%",
        "cov_p99");
    judgement.subjects().forEach(subject -> row(name, subject));
    figures(name, "overall", judgement.overall(), "");
    out.println();
    notes(judgement, trial);
  }

  private void row(String name, SubjectFigures subject) {
    figures(
        name,
        subject.subject().label(),
        subject.figures(),
        subject.bandsBorrowed() ? BORROWED : "");
  }

  private void figures(String name, String label, FitFigures figures, String mark) {
    out.printf(
        Locale.ROOT,
        name + " %6d %6d %7s %7s %8s %8s %8s %9s %8s %7s%n",
        label,
        figures.points(),
        figures.trainPoints(),
        percent(OptionalDouble.of(figures.meanAbsRelError())),
        percent(OptionalDouble.of(figures.p99AbsRelError())),
        percent(OptionalDouble.of(figures.extrapolatedShare())),
        percent(known(figures.withinMeanAbsRelError())),
        percent(figures.repeatAbsRelError()),
        share(figures.coverageP95()) + mark,
        percent(figures.bandP95MedianWidth()),
        share(figures.coverageP99()));
  }

  private void notes(FitJudgement judgement, FitTrial trial) {
    out.println(
        """
        mean, p99: of |predicted / measured - 1| at shapes a fit did not see
        beyond: share of those outside the range it saw, where every answer is marked extrapolated
        within: mean error at the others
        repeat: how far repeats of one shape lie from their median
        cover, width: share of times at or below the bound; median of bound / prediction - 1\
        """);
    List<SubjectFigures> subjects = judgement.subjects();
    if (subjects.stream().anyMatch(s -> s.figures().trainPoints() < trial.trainPoints())) {
      out.printf(
          Locale.ROOT,
          "seen: at most four fifths of a subject's points, where %d are more%n",
          trial.trainPoints());
    }
    if (subjects.stream().anyMatch(SubjectFigures::bandsBorrowed)) {
      out.println(
          BORROWED
              + " fewer than 19 points seen: the bound rests on the errors of all subjects of the"
              + " phase and is promised for none of them alone");
    }
    judgement
        .setAside()
        .forEach(point ->
            out.println("set aside: " + point.measurement().source() + ": " + point.reason()));
    out.flush();
  }

  /** Prints where the model is and what it answers where nothing was measured. */
  void written(Path file) {
    out.println(
        file
            + ": fitted to all points; beyond a subject's measured batches, lengths and elements its"
            + " answers are marked extrapolated, for other subjects unknown");
    out.flush();
  }

  private static OptionalDouble known(double figure) {
    return Double.isNaN(figure) ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", 100 * share.getAsDouble());
  }

  private static String share(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", share.getAsDouble());
  }
}
