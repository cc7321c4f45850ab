package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Curves over a horizontal axis. Not for several threads. */
public final class XyChart {
  private final String title;
  private final String note;
  private final Scale scale;
  private final Axes axes;
  private final List<Curve> curves = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<Band> bands = new ArrayList<>();

  /** The labels of both axes, with units. */
  public record Axes(String x, String y) {}

  private record Mark(String name, double x) {}

  private record Band(List<Curve.Point> lower, List<Curve.Point> upper) {}

  /** Starts a chart. */
  public XyChart(String title, String note, Scale scale, Axes axes) {
    this.title = title;
    this.note = note;
    this.scale = scale;
    this.axes = axes;
  }

  /** Adds a curve; later ones lie on top. */
  public XyChart add(Curve curve) {
    curves.add(curve);
    return this;
  }

  /** Shades the area between two curves. */
  public XyChart shade(Curve lower, Curve upper) {
    bands.add(new Band(lower.points(), upper.points()));
    return this;
  }

  /** Draws a dashed line down at a value. */
  public XyChart mark(String name, double x) {
    marks.add(new Mark(name, x));
    return this;
  }

  /**
   * Returns the chart.
   *
   * @param top least value of the upper end of the vertical axis
   * @param data the figures of the curves
   */
  public Chart draw(double top, ReportPage.Table data) {
    double max =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Curve.Point::y)
            .max()
            .orElse(0);
    Plot plot = new Plot(title, axes.x(), axes.y(), Math.max(top, max));
    for (double tick : scale.ticks()) {
      plot.vertical(scale.share(tick), scale.label(tick));
    }
    for (Band band : bands) {
      plot.svg().polygon(points(plot, band.lower()) + points(plot, band.upper().reversed()));
    }
    curves.forEach(curve -> draw(plot, curve));
    marks.forEach(mark -> plot.markDown(scale.share(mark.x()), mark.name()));
    return new Chart(title, note, Legend.lines(curves) + plot.end(), data);
  }

  private void draw(Plot plot, Curve curve) {
    if (curve.points().size() > 1) {
      plot.svg().polyline(points(plot, curve.points()).strip(), "line l" + curve.color());
    }
    if (curve.hasDots()) {
      for (Curve.Point point : curve.points()) {
        plot.svg().dot(plot.x(scale.share(point.x())), plot.y(point.y()), "c" + curve.color());
      }
    }
  }

  private String points(Plot plot, List<Curve.Point> points) {
    StringBuilder text = new StringBuilder();
    for (Curve.Point point : points) {
      text.append(Svg.point(plot.x(scale.share(point.x())), plot.y(point.y())));
    }
    return text.toString();
  }
}
