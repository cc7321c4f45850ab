package io.waip.cli.diagnose;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Diagnosis;
import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Input;
import io.waip.replay.diagnose.Stage;
import io.waip.replay.diagnose.StageTimes;
import io.waip.replay.diagnose.Unknown;
import io.waip.replay.diagnose.Wording;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A diagnosis for people. */
final class DiagnosisPage {
  /** A stage with a smaller share of the time is printed as 0.0 %, and so left out. */
  private static final double LEAST_SHOWN = 0.0005;

  private final PrintWriter out;

  DiagnosisPage(PrintWriter out) {
    this.out = out;
  }

  void print(Diagnosis diagnosis) {
    diagnosis.stages().forEach(this::stages);
    if (diagnosis.stages().isEmpty()) {
      line("no request was answered in what was given");
    } else if (diagnosis.findings().isEmpty()) {
      line(
          diagnosis.unknown().isEmpty()
              ? "nothing wrong found"
              : "nothing wrong found among the causes that could be judged");
    }
    for (int i = 0; i < diagnosis.findings().size(); i++) {
      finding(i + 1, diagnosis.findings().get(i));
    }
    unknown(diagnosis.unknown());
    out.flush();
  }

  private void stages(StageTimes times) {
    line("%s: %d requests of %.3g ms on average", times.of(), times.requests(), times.total());
    for (Stage stage : Stage.values()) {
      double millis = times.in(stage);
      if (millis > LEAST_SHOWN * times.total()) {
        line(
            "  %-18s %10s ms %5.1f %%",
            stage.label(),
            Wording.text("%.3g", millis),
            times.total() > 0 ? 100 * millis / times.total() : 0);
      }
    }
    line("");
  }

  private void finding(int number, Finding finding) {
    line(
        "%d. %s (%s) in %s: %s, confidence %s",
        number,
        finding.cause().label(),
        finding.cause().stage().label(),
        finding.explained().of(),
        explained(finding),
        finding.confidence().label());
    for (Evidence evidence : finding.evidence()) {
      line("   %s: %s", evidence.source(), evidence.text());
    }
    line("   remedy: %s", finding.remedy().text());
    for (Change change : finding.remedy().changes()) {
      line("     %s", text(change));
    }
    line("");
  }

  private static String explained(Finding finding) {
    double percent = 100 * finding.explained().share();
    return finding.explained().millis() > 0
        ? Wording.text(
            "up to %.3g ms of a request (%.0f %%)", finding.explained().millis(), percent)
        : Wording.text("%.0f %% of its requests", percent);
  }

  private static String text(Change change) {
    String where = change.where().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String of = change.of().isEmpty() ? "" : " of '" + change.of() + "'";
    return change.value().isEmpty()
        ? "%s%s: remove %s".formatted(where, of, change.key())
        : "%s%s: %s = %s".formatted(where, of, change.key(), change.value());
  }

  private void unknown(List<Unknown> unknown) {
    Map<Input, Set<String>> models = new LinkedHashMap<>();
    Map<Input, Set<Cause>> causes = new LinkedHashMap<>();
    for (Unknown each : unknown) {
      models.computeIfAbsent(each.missing(), _ -> new LinkedHashSet<>()).add(each.of());
      causes.computeIfAbsent(each.missing(), _ -> new TreeSet<>()).addAll(each.causes());
    }
    if (!unknown.isEmpty()) {
      line("not judged:");
    }
    causes.forEach((input, those) -> {
      String names = those.stream().map(Cause::label).collect(Collectors.joining(", "));
      String of = String.join(", ", models.getOrDefault(input, Set.of()));
      line("  %s%s: would need %s", names, of.isEmpty() ? "" : " of " + of, input.how());
    });
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  private void line(String format, Object... values) {
    out.println(Wording.text(format, values));
  }
}
