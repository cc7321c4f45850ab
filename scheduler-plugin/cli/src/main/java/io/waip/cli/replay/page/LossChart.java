package io.waip.cli.replay.page;

import io.waip.cli.report.Chart;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.Series;
import io.waip.cli.report.StackedBars;
import io.waip.replay.Loss;
import io.waip.replay.PolicyRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Where the requests between each policy's goodput and the limit went. */
final class LossChart {
  private static final String TITLE = "Limit less goodput";

  /** A part of the loss: its name, colour and size. */
  private record Part(String name, int color, ToDoubleFunction<Loss> rps) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("expired in the queue", 16, Loss::expiredRps),
          new Part("padding", 17, Loss::paddingRps),
          new Part("idle while requests waited", 18, Loss::idleRps),
          new Part("late in their batch", 19, Loss::lateRps),
          new Part("above the best schedule found", 20, Loss::loosenessRps));

  private LossChart() {}

  static Chart of(View view) {
    List<Loss> losses = view.runs().stream().map(view.report()::loss).toList();
    StackedBars bars =
        new StackedBars(
            TITLE,
            "What requests were lost to; the parts add up to the limit less the goodput. What the limit"
                + " is above the best schedule found is no policy's fault.",
            "requests per second",
            view.names());
    for (Part part : PARTS) {
      bars.add(
          new Series(
              part.name(), part.color(), losses.stream().map(part.rps()::applyAsDouble).toList()));
    }
    Chart drawn = bars.totals().draw();
    return new Chart(drawn.title(), drawn.note(), drawn.body(), table(view, losses));
  }

  private static ReportPage.Table table(View view, List<Loss> losses) {
    List<String> heads = new ArrayList<>(List.of("policy"));
    PARTS.forEach(part -> heads.add(part.name() + ", 1/s"));
    heads.addAll(List.of("goodput, 1/s", "limit, 1/s"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      PolicyRun run = view.runs().get(i);
      List<String> row = new ArrayList<>(List.of(view.name(i)));
      for (Part part : PARTS) {
        row.add(Cells.tenths(part.rps().applyAsDouble(losses.get(i))));
      }
      row.add(Cells.tenths(run.goodputPerSecond()));
      row.add(Cells.tenths(view.report().limit().ratePerSecond()));
      rows.add(row);
    }
    return new ReportPage.Table(TITLE, heads, rows, false);
  }
}
