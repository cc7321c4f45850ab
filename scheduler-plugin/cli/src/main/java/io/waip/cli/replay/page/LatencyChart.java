package io.waip.cli.replay.page;

import io.waip.api.Durations;
import io.waip.cli.report.Chart;
import io.waip.cli.report.Curve;
import io.waip.cli.report.LogScale;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.XyChart;
import io.waip.replay.LatencyDistribution;
import io.waip.replay.PolicyRun;
import java.util.ArrayList;
import java.util.List;

/** How long requests took: the share of all offered ones that were answered within a time. */
final class LatencyChart {
  private static final int STEPS = 200;

  /** Below the first of as many answers as there can be. */
  private static final double LEAST_PERCENTILE = 1e-6;

  private static final double NANOS_PER_MILLI = 1e6;

  /** Multiples of the objective in the table. */
  private static final double[] MULTIPLES = {0.5, 1, 2, 4};

  private final View view;
  private final long sloNanos;
  private final List<LatencyDistribution> latencies;

  private LatencyChart(View view) {
    this.view = view;
    sloNanos = view.report().spec().sloNanos();
    latencies = view.runs().stream().map(PolicyRun::latencies).toList();
  }

  static Chart of(View view) {
    return new LatencyChart(view).chart();
  }

  private Chart chart() {
    double slo = sloNanos / NANOS_PER_MILLI;
    double least = slo;
    double most = slo;
    for (LatencyDistribution each : latencies) {
      least = Math.min(least, each.millis(LEAST_PERCENTILE).orElse(slo));
      most = Math.max(most, each.millis(100).orElse(slo));
    }
    LogScale scale = LogScale.over(least, most);
    XyChart chart =
        new XyChart(
            "Answered within a time",
            "Share of all offered requests, by the time to their answer, in time or late. A curve"
                + " ends at the share answered at all; the rest was refused or dropped.",
            scale,
            new XyChart.Axes("time from arrival to answer, ms", "% of offered requests"));
    for (int run = 0; run < latencies.size(); run++) {
      chart.add(
          new Curve(view.name(run), View.color(run), points(latencies.get(run), scale), false));
    }
    return chart.mark("SLO " + Durations.format(sloNanos), slo).draw(100, table());
  }

  /** Returns the steps of a distribution, through to the right end of the scale. */
  private static List<Curve.Point> points(LatencyDistribution latencies, LogScale scale) {
    List<Curve.Point> points = new ArrayList<>();
    double height = 0;
    for (int step = 0; step <= STEPS && latencies.answers() > 0; step++) {
      double millis =
          latencies.millis(Math.max(LEAST_PERCENTILE, 100.0 * step / STEPS)).orElseThrow();
      points.add(new Curve.Point(millis, height));
      height = 100 * latencies.shareWithin(Math.round(millis * NANOS_PER_MILLI));
      points.add(new Curve.Point(millis, height));
    }
    points.add(new Curve.Point(scale.to(), height));
    return points;
  }

  private ReportPage.Table table() {
    List<String> heads = new ArrayList<>(List.of("policy", "p50, ms", "p90, ms", "p99, ms"));
    for (double multiple : MULTIPLES) {
      heads.add("within " + Durations.format(Math.round(multiple * sloNanos)));
    }
    heads.add("never answered");
    List<List<String>> rows = new ArrayList<>();
    for (int run = 0; run < latencies.size(); run++) {
      LatencyDistribution each = latencies.get(run);
      List<String> row = new ArrayList<>(List.of(view.name(run)));
      for (double percentile : new double[] {50, 90, 99}) {
        row.add(Cells.tenths(each.millis(percentile)));
      }
      for (double multiple : MULTIPLES) {
        row.add(Cells.percent(each.shareWithin(Math.round(multiple * sloNanos))));
      }
      row.add(Cells.percent(each.neverAnswered()));
      rows.add(row);
    }
    return new ReportPage.Table(
        "Percentiles of the answers, and shares of all offered requests", heads, rows, false);
  }
}
