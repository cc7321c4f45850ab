package io.waip.cli.fit;

import io.waip.cli.fit.ModelDiff.Errors;
import io.waip.cli.fit.ModelDiff.Place;
import io.waip.cli.fit.ModelDiff.SubjectDiff;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** The difference of two models for people. */
final class DiffTable {
  private final PrintWriter out;

  DiffTable(PrintWriter out) {
    this.out = out;
  }

  void print(Path a, Path b, ModelDiff diff) {
    out.printf(Locale.ROOT, "A %s%n", a);
    out.printf(Locale.ROOT, "B %s%n", b);
    diff.subjects().forEach(this::subject);
    diff.onlyA().forEach(label -> out.printf(Locale.ROOT, "%nonly in A: %s%n", label));
    diff.onlyB().forEach(label -> out.printf(Locale.ROOT, "%nonly in B: %s%n", label));
    out.flush();
  }

  private void subject(SubjectDiff subject) {
    out.printf(
        Locale.ROOT,
        "%n%s: B differs from A by %.2f %% in the mean%n",
        subject.subject(),
        100 * subject.meanAbsRelDifference());
    errors("A", subject.atPointsOfA());
    errors("B", subject.atPointsOfB());
    out.printf(
        Locale.ROOT,
        "  most at %8s %10s %10s %10s %12s%n",
        "batch",
        "length",
        "A_ms",
        "B_ms",
        "measured_ms");
    subject.largest().forEach(this::place);
  }

  private void errors(String of, Errors errors) {
    out.printf(
        Locale.ROOT,
        "  at the %d points of %s: mean error A %.2f %%, B %.2f %%; A is nearer to %d, B to %d%n",
        errors.points(),
        of,
        100 * errors.meanAbsRelErrorA(),
        100 * errors.meanAbsRelErrorB(),
        errors.nearerA(),
        errors.nearerB());
  }

  private void place(Place place) {
    out.printf(
        Locale.ROOT,
        "%+8.2f %% %8d %10d %10.4g %10.4g %12.4g%n",
        100 * place.relDifference(),
        place.batch(),
        place.length(),
        place.predictedMsA(),
        place.predictedMsB(),
        place.measuredMs());
  }
}
