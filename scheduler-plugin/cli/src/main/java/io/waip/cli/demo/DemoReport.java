package io.waip.cli.demo;

import io.waip.api.Tier;
import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.demo.load.ExecutionLog;
import io.waip.cli.demo.load.Quantiles;
import io.waip.cli.demo.load.RequestLog;
import io.waip.cli.report.BarChart;
import io.waip.cli.report.Chart;
import io.waip.cli.report.LineChart;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.Series;
import io.waip.cli.report.StackedBars;
import io.waip.cli.report.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report of a run: what to show, in which order. */
final class DemoReport {
  private static final int STEPS = 40;
  private static final double LEAST_STEP_SECONDS = 0.25;
  private static final int[] BATCH_EDGES = {1, 2, 4, 8, 16, 32, 64};
  private static final int OUTCOME_COLOR = 4;

  private final DemoResult result;
  private final List<ArmRun> arms;
  private final List<String> titles;
  private final double stepSeconds;
  private final int steps;

  private DemoReport(DemoResult result) {
    this.result = result;
    arms = result.arms().all();
    titles = arms.stream().map(run -> run.arm().title()).toList();
    double window = result.judged().window().seconds();
    stepSeconds = Math.max(LEAST_STEP_SECONDS, window / STEPS);
    steps = (int) Math.ceil(window / stepSeconds);
  }

  static ReportPage of(DemoResult result, List<Bar> bars) {
    return new DemoReport(result).page(bars);
  }

  private ReportPage page(List<Bar> bars) {
    return new ReportPage(
        "WAIP demo: planner and tuned dynamic batcher on the same arrivals",
        text(
            "all-MiniLM-L6-v2 on %d cores, %.0f requests/s offered (%.2f x the capacity of fp32),"
                + " 20 %% interactive within %.0f ms, the rest offline. Every arm served the same"
                + " %d requests in this process, one after another.",
            result.machine().cores(),
            result.judged().offeredRps(),
            result.load(),
            result.judged().window().sloNanos() / 1e6,
            result.judged().size()),
        cards(),
        List.of(armTable(), barTable(bars)),
        List.of(new ReportPage.Section("", "", charts())),
        DemoFacts.of(result));
  }

  private List<ReportPage.Card> cards() {
    ArmFigures planned = result.arms().planned().figures();
    double goodput = planned.goodputRps();
    return List.of(
        card("%.0f/s", goodput, "goodput of the planner"),
        card("%.0f %%", 100 * goodput / result.limitRps(), "of what no scheduler can exceed"),
        card(
            "%.2f x",
            goodput / result.arms().baseline().figures().goodputRps(),
            "the tuned baseline on fp32"),
        card(
            "%.2f x",
            goodput / result.arms().baselineBestVariant().figures().goodputRps(),
            "the tuned baseline on its best variant"),
        card("%.1f %%", 100 * planned.interactiveAttainment(), "of interactive requests in time"));
  }

  private static ReportPage.Card card(String pattern, double value, String label) {
    return new ReportPage.Card(text(pattern, value), label);
  }

  private ReportPage.Table armTable() {
    List<List<String>> rows = new ArrayList<>();
    for (ArmRun run : arms) {
      ArmFigures f = run.figures();
      rows.add(
          List.of(
              run.arm().title(),
              text("%.1f", f.goodputRps()),
              text("%.1f %%", 100 * f.goodputRps() / result.limitRps()),
              text("%.1f %%", 100 * f.sloAttainment()),
              text("%.1f %%", 100 * f.interactiveAttainment()),
              text("%.1f", f.offlineRps()),
              text("%.1f / %.1f", f.p50Ms(), f.p99Ms()),
              text("%.1f", f.meanBatch()),
              text("%.0f %%", 100 * f.paddingShare()),
              text("%d", f.shed()),
              text("%d / %d / %d", f.errors(), f.lost(), f.duplicated())));
    }
    return new ReportPage.Table(
        "Arms",
        List.of(
            "arm",
            "goodput, 1/s",
            "of the limit",
            "attained",
            "interactive",
            "offline, 1/s",
            "p50 / p99, ms",
            "mean batch",
            "padding",
            "shed",
            "errors / lost / twice"),
        rows,
        false);
  }

  private static ReportPage.Table barTable(List<Bar> bars) {
    List<List<String>> rows =
        bars.stream()
            .map(bar ->
                List.of(
                    bar.name(),
                    text("%.2f", bar.required()),
                    text("%.3f", bar.measured()),
                    bar.met() ? "met" : "missed",
                    bar.limitedBy()))
            .toList();
    return new ReportPage.Table(
        "Bars", List.of("bar", "required", "measured", "", "what limits it"), rows, true);
  }

  private List<Chart> charts() {
    return List.of(
        limitChart(),
        goodputChart(),
        latencyChart(),
        outcomeChart(),
        batchChart(),
        paddingChart(),
        variantChart(),
        lengthChart());
  }

  private Chart limitChart() {
    return new StackedBars(
            "Distance to the limit",
            "Goodput of each arm beside the bound for a scheduler that knows the future.",
            "requests per second answered in time",
            titles)
        .add(new Series("goodput", 0, perArm(run -> run.figures().goodputRps())))
        .mark(text("limit %.0f/s", result.limitRps()), result.limitRps())
        .draw();
  }

  private Chart goodputChart() {
    LineChart chart =
        new LineChart(
            "Goodput over time",
            text("Requests answered in time, by the time of the answer, per %.2g s.", stepSeconds),
            "requests per second",
            stepSeconds);
    for (int a = 0; a < arms.size(); a++) {
      RequestLog log = arms.get(a).log();
      double[] counts = new double[steps];
      IntStream.range(0, log.sent())
          .filter(log::isGood)
          .map(i -> step(log.endNanos(i)))
          .filter(step -> step < steps)
          .forEach(step -> counts[step] += 1 / stepSeconds);
      chart.add(
          new Series(
              titles.get(a), a, IntStream.range(0, steps).mapToObj(s -> counts[s]).toList()));
    }
    return chart.mark("limit, mean", result.limitRps()).draw();
  }

  private Chart latencyChart() {
    LineChart chart =
        new LineChart(
            "Latency of interactive requests over time",
            "99th percentile of the answered ones, from the intended send time.",
            "milliseconds",
            stepSeconds);
    for (int a = 0; a < arms.size(); a++) {
      RequestLog log = arms.get(a).log();
      List<Double> p99 = new ArrayList<>();
      for (int s = 0; s < steps; s++) {
        int step = s;
        long[] sample =
            IntStream.range(0, log.sent())
                .filter(i -> log.load().tier(i) == Tier.INTERACTIVE && log.isServed(i))
                .filter(i -> step(log.load().arrivalNanos(i)) == step)
                .mapToLong(log::latencyNanos)
                .toArray();
        p99.add(sample.length == 0 ? Double.NaN : Quantiles.of(sample).millis(0.99));
      }
      chart.add(new Series(titles.get(a), a, p99));
    }
    return chart.mark("objective", result.judged().window().sloNanos() / 1e6).draw();
  }

  private int step(long nanos) {
    return (int) (nanos / 1e9 / stepSeconds);
  }

  private Chart outcomeChart() {
    double percent = 100.0 / result.judged().size();
    return new StackedBars(
            "Outcomes",
            "How every offered request ended; unfinished ones were still queued at the end.",
            "% of offered requests",
            titles)
        .add(outcome("in time", 0, run -> percent * inTime(run)))
        .add(outcome("late", 1, run -> percent * run.figures().late()))
        .add(
            outcome(
                "shed or error",
                2,
                run -> percent * (run.figures().shed() + run.figures().errors())))
        .add(outcome("unfinished", 3, run -> percent * run.figures().unfinished()))
        .draw();
  }

  private double inTime(ArmRun run) {
    return run.figures().goodputRps() * result.judged().window().seconds();
  }

  private Series outcome(String name, int position, ToDoubleFunction<ArmRun> value) {
    return new Series(name, OUTCOME_COLOR + position, perArm(value));
  }

  private Chart batchChart() {
    List<String> categories = new ArrayList<>();
    for (int e = 0; e < BATCH_EDGES.length; e++) {
      int from = e == 0 ? 1 : BATCH_EDGES[e - 1] + 1;
      categories.add(from == BATCH_EDGES[e] ? "" + from : from + "–" + BATCH_EDGES[e]);
    }
    List<Series> series = new ArrayList<>();
    for (int a = 0; a < arms.size(); a++) {
      List<ExecutionLog.Execution> executions = arms.get(a).executions();
      double rows = executions.stream().mapToDouble(ExecutionLog.Execution::batch).sum();
      double[] counts = new double[BATCH_EDGES.length];
      for (ExecutionLog.Execution execution : executions) {
        counts[bucket(execution.batch())] += 100 * execution.batch() / rows;
      }
      series.add(
          new Series(
              titles.get(a),
              a,
              IntStream.range(0, counts.length).mapToObj(b -> counts[b]).toList()));
    }
    return new BarChart(
            "Batch sizes",
            "Share of executed requests by the size of the batch they ran in.",
            "requests in the batch",
            "% of executed requests",
            categories,
            series)
        .draw();
  }

  private static int bucket(int batch) {
    int bucket = 0;
    while (bucket < BATCH_EDGES.length - 1 && batch > BATCH_EDGES[bucket]) {
      bucket++;
    }
    return bucket;
  }

  private Chart paddingChart() {
    return new StackedBars(
            "Padding", "Padded tokens of all tokens the model was given.", "% of tokens", titles)
        .add(new Series("padding", 0, perArm(run -> 100 * run.figures().paddingShare())))
        .draw();
  }

  private Chart variantChart() {
    StackedBars chart =
        new StackedBars("Variants", "Which variant answered.", "% of executed requests", titles);
    for (String variant : List.of(DemoModels.REFERENCE, DemoModels.QUANTIZED)) {
      chart.add(
          new Series(
              variant,
              variant.equals(DemoModels.REFERENCE) ? 0 : 1,
              perArm(run -> 100 * run.figures().variantShare().getOrDefault(variant, 0.0))));
    }
    return chart.draw();
  }

  private Chart lengthChart() {
    List<Integer> edges =
        arms.getFirst().figures().lengthQuintiles().stream()
            .map(ArmFigures.Quintile::maxLength)
            .toList();
    List<Series> series = new ArrayList<>();
    for (int a = 0; a < arms.size(); a++) {
      series.add(
          new Series(
              titles.get(a),
              a,
              arms.get(a).figures().lengthQuintiles().stream()
                  .map(quintile -> 100 * quintile.attainment())
                  .toList()));
    }
    return new BarChart(
            "Attainment by length",
            "Requests answered in time, of those offered, by fifths of the lengths.",
            "longest text of the fifth, tokens",
            "% of offered requests",
            edges.stream().map(edge -> "≤ " + edge).toList(),
            series)
        .draw();
  }

  private List<Double> perArm(ToDoubleFunction<ArmRun> value) {
    return arms.stream().map(run -> value.applyAsDouble(run)).toList();
  }

  private static String text(String pattern, Object... values) {
    return Texts.format(pattern, values);
  }
}
