package io.waip.cli.report;

import java.util.List;

/**
 * Groups of vertical bars, one group for each category.
 *
 * @param categories under the axis
 * @param series one value for each category
 */
public record BarChart(
    String title,
    String note,
    String xLabel,
    String yLabel,
    List<String> categories,
    List<Series> series) {
  private static final double GROUP_SHARE = 0.78;

  /** Copies the lists. */
  public BarChart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
  }

  /** Returns the chart. */
  public Chart draw() {
    double max =
        series.stream()
            .flatMap(s -> s.values().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    Plot plot = new Plot(title, xLabel, yLabel, max);
    double group = plot.width() / categories.size();
    double bar = group * GROUP_SHARE / series.size();
    for (int c = 0; c < categories.size(); c++) {
      double middle = plot.x((c + 0.5) / categories.size());
      plot.label(middle, categories.get(c));
      double left = middle - group * GROUP_SHARE / 2;
      for (int s = 0; s < series.size(); s++) {
        double value = series.get(s).values().get(c);
        double top = plot.y(value);
        plot.svg()
            .rect(left + s * bar, top, bar - 1, plot.bottom() - top, "c" + series.get(s).color())
            .titled(Texts.format("%s, %s: %.1f", series.get(s).name(), categories.get(c), value));
      }
    }
    return new Chart(title, note, Plot.legend(series) + plot.end());
  }
}
