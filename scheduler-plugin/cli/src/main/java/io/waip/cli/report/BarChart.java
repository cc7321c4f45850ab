package io.waip.cli.report;

import java.util.List;

/**
 * Groups of vertical bars, one group for each category.
 *
 * @param categories under the axis
 * @param series one value for each category; NaN draws no bar
 */
public record BarChart(
    String title,
    String note,
    String xLabel,
    String yLabel,
    List<String> categories,
    List<Series> series) {
  private static final double GROUP_SHARE = 0.78;
  private static final double CHARACTER_WIDTH = 6.8;

  /** Copies the lists. */
  public BarChart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
  }

  /** Returns the chart. */
  public Chart draw() {
    return draw(0);
  }

  /**
   * Returns the chart.
   *
   * @param top least value of the upper end of the axis
   */
  public Chart draw(double top) {
    Plot plot = new Plot(title, xLabel, yLabel, Math.max(top, Series.max(series)));
    double group = plot.width() / categories.size();
    for (int c = 0; c < categories.size(); c++) {
      double middle = plot.x((c + 0.5) / categories.size());
      plot.label(middle, Texts.cut(categories.get(c), (int) (group / CHARACTER_WIDTH)));
      group(plot, c, middle - group * GROUP_SHARE / 2, group * GROUP_SHARE / series.size());
    }
    return new Chart(
        title,
        note,
        Legend.areas(series) + plot.end(),
        Series.table(title, xLabel, categories, series));
  }

  private void group(Plot plot, int category, double left, double bar) {
    for (int s = 0; s < series.size(); s++) {
      double value = series.get(s).values().get(category);
      if (!Double.isNaN(value)) {
        double top = plot.y(value);
        plot.svg()
            .rect(
                left + s * bar,
                top,
                Math.max(bar / 2, bar - 1),
                plot.bottom() - top,
                "c" + series.get(s).color())
            .titled(
                Texts.format(
                    "%s, %s: %.1f", series.get(s).name(), categories.get(category), value));
      }
    }
  }
}
