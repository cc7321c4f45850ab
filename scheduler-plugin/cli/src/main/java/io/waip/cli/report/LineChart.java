package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Values over time, one line for each series. */
public final class LineChart {
  private final String title;
  private final String note;
  private final String yLabel;
  private final double stepSeconds;
  private final List<Series> series = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  private record Mark(String name, double value) {}

  /**
   * Starts a chart.
   *
   * @param stepSeconds time between two values; the first stands for the first step
   */
  public LineChart(String title, String note, String yLabel, double stepSeconds) {
    this.title = title;
    this.note = note;
    this.yLabel = yLabel;
    this.stepSeconds = stepSeconds;
  }

  /** Adds a line. */
  public LineChart add(Series values) {
    series.add(values);
    return this;
  }

  /** Adds a dashed line across. */
  public LineChart mark(String name, double value) {
    marks.add(new Mark(name, value));
    return this;
  }

  /** Returns the chart. */
  public Chart draw() {
    int steps = series.stream().mapToInt(s -> s.values().size()).max().orElse(0);
    Plot plot = new Plot(title, "time since the start, s", yLabel, max());
    double seconds = Math.max(steps * stepSeconds, stepSeconds);
    Ticks times = Ticks.upTo(seconds);
    for (double time : times.values()) {
      if (time <= seconds) {
        plot.label(plot.x(time / seconds), times.label(time));
      }
    }
    for (Series each : series) {
      StringBuilder points = new StringBuilder();
      for (int i = 0; i < each.values().size(); i++) {
        double value = each.values().get(i);
        if (!Double.isNaN(value)) {
          points.append(Svg.point(plot.x((i + 0.5) / steps), plot.y(value)));
        }
      }
      plot.svg().polyline(points.toString().strip(), "line l" + each.color());
    }
    for (Mark mark : marks) {
      plot.mark(mark.value(), mark.name());
    }
    return new Chart(title, note, Legend.areas(series) + plot.end(), data(steps));
  }

  private ReportPage.Table data(int steps) {
    List<String> starts =
        IntStream.range(0, steps).mapToObj(i -> Texts.figure(i * stepSeconds)).toList();
    return Series.table(title, "from, s", starts, series);
  }

  private double max() {
    double max = marks.stream().mapToDouble(Mark::value).max().orElse(0);
    for (Series each : series) {
      for (double value : each.values()) {
        max = Double.isNaN(value) ? max : Math.max(max, value);
      }
    }
    return max * 1.04;
  }
}
