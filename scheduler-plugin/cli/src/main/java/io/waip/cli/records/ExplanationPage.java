package io.waip.cli.records;

import io.waip.api.record.Constraint;
import io.waip.replay.explain.Explanation;
import io.waip.replay.explain.Explanation.BatchOption;
import io.waip.replay.explain.Explanation.EndpointChoice;
import io.waip.replay.explain.Explanation.Execution;
import io.waip.replay.explain.Explanation.Look;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An explanation as one page for people. */
final class ExplanationPage {
  /** Looks told one by one, from both ends; the JSON has all. */
  private static final int SHOWN_LOOKS = 12;

  private final PrintWriter out;

  ExplanationPage(PrintWriter out) {
    this.out = out;
  }

  void print(Explanation told) {
    out.printf(
        Locale.ROOT,
        "request %d: service %s, tenant %s, %s, length %d%n",
        told.request(),
        told.service(),
        told.tenant(),
        lower(told.tier()),
        told.length());
    out.printf(
        Locale.ROOT,
        "arrived at %.3f ms, %s; policy %s%n",
        told.arrivedMs(),
        deadline(told.deadlineAfterMs()),
        told.policy());
    if (told.lostRecords() > 0) {
      out.printf(Locale.ROOT, "%d records of its time are missing%n", told.lostRecords());
    }
    admission(told);
    considered(told);
    Execution execution = told.execution();
    if (execution != null) {
      execution(execution, told.considered());
    }
    end(told);
    out.flush();
  }

  private static String deadline(@Nullable Double afterMs) {
    return afterMs == null
        ? "without a deadline"
        : String.format(Locale.ROOT, "deadline at +%.3f ms", afterMs);
  }

  private void admission(Explanation told) {
    out.printf(
        Locale.ROOT, "%nadmission: %s%n", told.admission().admitted() ? "admitted" : "refused");
    for (EndpointChoice choice : told.admission().endpoints()) {
      String why =
          switch (choice.removedBy()) {
            case NONE -> "may run it";
            case RUNS_ELSEWHERE -> "does not run its service";
            case QUALITY_FLOOR -> "runs no variant of the quality asked for";
            case LENGTH -> "runs no variant for its length";
            case GOVERNANCE -> "is forbidden by governance";
            case DOWN -> "was not up";
          };
      out.printf(Locale.ROOT, "  %s %s%n", choice.endpoint(), why);
    }
  }

  private void considered(Explanation told) {
    List<Look> looks = told.considered();
    if (looks.isEmpty() && told.passedOver() == 0) {
      out.printf(Locale.ROOT, "%nnever considered, or the policy does not tell%n");
      return;
    }
    out.printf(
        Locale.ROOT,
        "%nconsidered %d times; passed over %d times (others were more urgent, or its tenant was"
            + " ahead)%n",
        looks.size(),
        told.passedOver());
    int head = looks.size() <= SHOWN_LOOKS ? looks.size() : SHOWN_LOOKS / 2;
    looks.subList(0, head).forEach(this::look);
    if (looks.size() > SHOWN_LOOKS) {
      out.printf(Locale.ROOT, "  ... %d more, all in --json%n", looks.size() - SHOWN_LOOKS);
      looks.subList(looks.size() - SHOWN_LOOKS / 2, looks.size()).forEach(this::look);
    }
  }

  private void look(Look look) {
    String best =
        look.runs().isEmpty()
            ? "no batch could be in time"
            : "best of " + look.lookedAt() + ": " + batch(look.runs().getFirst());
    out.printf(
        Locale.ROOT,
        "  +%.3f ms %s: %s; it %s%n",
        look.afterMs(),
        look.endpoint(),
        best,
        verdict(look));
    look.removed()
        .forEach(gone ->
            out.printf(
                Locale.ROOT,
                "      variant %s: %s%n",
                gone.variant(),
                lower(gone.removedBy().name())));
  }

  private static String verdict(Look look) {
    String wait = waiting(look.deferredUntilAfterMs());
    return switch (look.constraint()) {
      case NONE -> "was in" + wait;
      case RUNS_ELSEWHERE -> "runs elsewhere";
      case QUALITY_FLOOR -> "asks for more quality" + wait;
      case BREAKER -> "met an open breaker";
      case PREFERENCE -> "waited for the preferred variant";
      case LENGTH -> "is too long for the variant" + wait;
      case MAX_BATCH -> "was left out: the batch is full";
      case DEADLINE -> "was left out: a deadline would be missed";
      case PADDING_CAP -> "was left out: too much padding";
      case EQUAL_LENGTH -> "was left out: another length";
      case OFFLINE_TURN -> "was left out: the turn of offline work";
      case OFFLINE_QUANTUM -> "was left out: with it the batch would hold the endpoint too long";
      case SCORE -> "would fit, for less value per time";
    };
  }

  private static String waiting(@Nullable Double untilAfterMs) {
    return untilAfterMs == null
        ? ""
        : String.format(Locale.ROOT, ", which waits until +%.3f ms for more", untilAfterMs);
  }

  private static String batch(BatchOption option) {
    return String.format(
        Locale.ROOT,
        "%d x %d on %s, %.3f ms, score %.4g",
        option.size(),
        option.paddedLength(),
        option.variant(),
        option.predictedMs(),
        option.score());
  }

  private void execution(Execution execution, List<Look> looks) {
    out.printf(
        Locale.ROOT,
        "%ndispatched at +%.3f ms as batch %d on %s: %d requests padded to %d on %s%n",
        execution.afterMs(),
        execution.dispatch(),
        execution.endpoint(),
        execution.size(),
        execution.paddedLength(),
        execution.variant());
    Double median = execution.medianMs();
    Double actual = execution.actualMs();
    out.printf(
        Locale.ROOT,
        "  predicted %.3f ms at the planning quantile, median %s; actual %s%n",
        execution.predictedMs(),
        millis(median),
        millis(actual));
    if (median != null && actual != null) {
      out.printf(Locale.ROOT, "  actual is %.3f of the predicted median%n", actual / median);
    }
    List<BatchOption> runs = looks.isEmpty() ? List.of() : looks.getLast().runs();
    for (int i = 0; i < runs.size(); i++) {
      String role = i == 0 ? "chosen   " : i == 1 ? "runner-up" : "         ";
      out.printf(
          Locale.ROOT, "  %s %s; %s%n", role, batch(runs.get(i)), limit(runs.get(i).limit()));
    }
  }

  private static String limit(Constraint limit) {
    return limit == Constraint.NONE
        ? "nothing more to take"
        : "no larger for " + lower(limit.name());
  }

  private void end(Explanation told) {
    Explanation.End end = told.end();
    if (end == null) {
      out.printf(Locale.ROOT, "%noutcome: none in these records%n");
      return;
    }
    String reason = end.reason().equals("NONE") ? "" : " (" + lower(end.reason()) + ")";
    out.printf(
        Locale.ROOT, "%noutcome: %s%s at +%.3f ms%n", lower(end.outcome()), reason, end.afterMs());
    if (end.retryAfterMs() > 0) {
      out.printf(Locale.ROOT, "  a retry may succeed after %.3f ms%n", end.retryAfterMs());
    }
    Double deadline = told.deadlineAfterMs();
    if (deadline != null) {
      double slack = deadline - end.afterMs();
      out.printf(
          Locale.ROOT,
          "  %.3f ms %s its deadline%n",
          Math.abs(slack),
          slack >= 0 ? "before" : "after");
    }
  }

  private static String millis(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.3f ms", value);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
