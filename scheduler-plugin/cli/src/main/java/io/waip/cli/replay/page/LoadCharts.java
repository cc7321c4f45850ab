package io.waip.cli.replay.page;

import io.waip.cli.report.Chart;
import io.waip.cli.report.Curve;
import io.waip.cli.report.LinearScale;
import io.waip.cli.report.LogScale;
import io.waip.cli.report.ReportPage;
import io.waip.cli.report.Scale;
import io.waip.cli.report.Texts;
import io.waip.cli.report.XyChart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Goodput over load, absolute and as a share of the limit. */
final class LoadCharts {
  private static final int LIMIT_COLOR = 21;
  private static final int CLAIRVOYANT_COLOR = 22;

  /** Loads whose ends differ by more than this factor are drawn on a logarithmic scale. */
  private static final double WIDE = 20;

  private static final String X_LABEL = "load: offered rate over capacity";

  private final View view;
  private final List<LoadPoint> points;
  private final Scale scale;

  private LoadCharts(View view) {
    this.view = view;
    points = view.loads();
    double least = points.getFirst().load();
    double most = points.getLast().load();
    scale = most > WIDE * least ? LogScale.over(least, most) : LinearScale.over(least, most);
  }

  static ReportPage.Section of(View view) {
    LoadCharts charts = new LoadCharts(view);
    return new ReportPage.Section(
        "Goodput over load",
        "The same requests at other paces. The shaded band holds what the best possible schedule"
            + " serves: no schedule exceeds the limit, and a search with full knowledge found one"
            + " as good as its lower edge.",
        List.of(charts.goodput(), charts.share()));
  }

  private Chart goodput() {
    Curve limit = curve("limit", LIMIT_COLOR, LoadPoint::limitRps);
    Curve best =
        curve(
            "best schedule found",
            CLAIRVOYANT_COLOR,
            point -> point.clairvoyantRps().orElse(Double.NaN));
    XyChart chart =
        new XyChart(
            "Goodput over load",
            "Requests answered in time, per second, of each policy and both limits.",
            scale,
            new XyChart.Axes(X_LABEL, "requests per second"));
    chart.add(limit);
    if (!best.points().isEmpty()) {
      chart.shade(best, limit).add(best);
    }
    policies((point, run) -> point.goodputRps().get(run)).forEach(chart::add);
    return chart.mark("this run", ownLoad()).draw(0, goodputTable());
  }

  private Chart share() {
    XyChart chart =
        new XyChart(
            "Share of the limit over load",
            "Goodput of each policy as a share of the limit at that load.",
            scale,
            new XyChart.Axes(X_LABEL, "% of the limit"));
    policies(LoadCharts::percentOfLimit).forEach(chart::add);
    return chart.mark("this run", ownLoad()).draw(100, shareTable());
  }

  private double ownLoad() {
    return view.report().replay().load();
  }

  private static double percentOfLimit(LoadPoint point, int run) {
    return 100 * point.goodputRps().get(run) / point.limitRps();
  }

  /** A figure of one policy at one load. */
  private interface PolicyFigure {
    double of(LoadPoint point, int run);
  }

  private List<Curve> policies(PolicyFigure figure) {
    List<Curve> curves = new ArrayList<>();
    for (int run = 0; run < view.runs().size(); run++) {
      int position = run;
      curves.add(curve(view.name(run), View.color(run), point -> figure.of(point, position)));
    }
    return curves;
  }

  private Curve curve(String name, int color, ToDoubleFunction<LoadPoint> value) {
    List<Curve.Point> found =
        points.stream()
            .map(point -> new Curve.Point(point.load(), value.applyAsDouble(point)))
            .filter(point -> Double.isFinite(point.y()))
            .toList();
    return new Curve(name, color, found, true);
  }

  private ReportPage.Table goodputTable() {
    List<String> heads =
        new ArrayList<>(List.of("load", "offered, 1/s", "limit, 1/s", "best found, 1/s"));
    view.names().forEach(name -> heads.add(name + ", 1/s"));
    List<List<String>> rows = new ArrayList<>();
    for (LoadPoint point : points) {
      List<String> row = new ArrayList<>();
      row.add(Texts.format("%.3f", point.load()));
      row.add(Cells.tenths(point.offeredRps()));
      row.add(Cells.tenths(point.limitRps()));
      row.add(Cells.tenths(point.clairvoyantRps()));
      point.goodputRps().forEach(goodput -> row.add(Cells.tenths(goodput)));
      rows.add(row);
    }
    return new ReportPage.Table("Goodput over load", heads, rows, false);
  }

  private ReportPage.Table shareTable() {
    List<String> heads = new ArrayList<>(List.of("load"));
    heads.addAll(view.names());
    List<List<String>> rows = new ArrayList<>();
    for (LoadPoint point : points) {
      List<String> row = new ArrayList<>(List.of(Texts.format("%.3f", point.load())));
      for (int run = 0; run < view.runs().size(); run++) {
        row.add(Cells.percent(percentOfLimit(point, run) / 100));
      }
      rows.add(row);
    }
    return new ReportPage.Table("Share of the limit over load", heads, rows, false);
  }
}
