package io.waip.cli.plan;

import io.waip.cli.report.Texts;
import io.waip.replay.capacity.CapacityAnswer;
import io.waip.replay.capacity.CapacityFigures;
import io.waip.replay.capacity.OfferAnswer;
import io.waip.replay.capacity.ServiceAttainment;
import io.waip.replay.capacity.SpotVerdict;
import io.waip.replay.capacity.WhatIf;
import java.io.PrintWriter;

/** Prints an answer on capacity for people. */
final class CapacityTable {
  private final PrintWriter out;
  private boolean hasHead;

  CapacityTable(PrintWriter out) {
    this.out = out;
  }

  void looked(CapacityFigures figures) {
    if (!hasHead) {
      line(
          "%-24s %10s %9s %17s %10s %10s %8s",
          "devices", "per hour", "attained", "p5 to p95", "in time/s", "limit/s", "busy");
      hasHead = true;
    }
    ServiceAttainment worst = figures.worst();
    line(
        "%-24s %10.2f %8.2f%% %7.2f%% to %5.2f%% %10.1f %10.1f %7.0f%%  %s",
        figures.purchase().text(),
        figures.moneyPerHour(),
        100 * worst.attainment().share(),
        100 * worst.attainment().low(),
        100 * worst.attainment().high(),
        figures.goodputPerSecond(),
        figures.limitPerSecond(),
        100 * figures.utilisation(),
        figures.suffices() ? "enough" : "");
    out.flush();
  }

  void answer(CapacityAnswer answer) {
    for (OfferAnswer offer : answer.offers()) {
      if (offer.ruledOut() > 0) {
        line(
            "up to %s: not enough for any schedule, by the limit",
            offer.offer().of(offer.ruledOut()).text());
      }
    }
    line(
        "%s %s%s",
        answer.suffices() ? "enough   " : "not enough, the best looked at is",
        answer.chosen().purchase().text(),
        price(answer.chosen()));
    line("limit     %s", answer.shortfall().text());
    for (WhatIf change : answer.whatIfs()) {
      line(
          "what if   %s, %s: %+.2f points of requests in time",
          change.change().replace('_', ' '),
          change.figures().purchase().text(),
          100 * change.gain());
    }
    for (SpotVerdict verdict : answer.spot()) {
      line("spot      %s", verdict.text());
    }
    out.flush();
  }

  private static String price(CapacityFigures figures) {
    return Texts.format(" at %.2f per hour", figures.moneyPerHour());
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  private void line(String format, Object... values) {
    out.println(Texts.format(format, values).stripTrailing());
  }
}
