package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Values of one name and colour.
 *
 * @param color number of the colour, {@code [0, 24)}
 * @param values one for each place of the chart; NaN where there is none
 */
public record Series(String name, int color, List<Double> values) {
  /** Copies the list. */
  public Series {
    values = List.copyOf(values);
  }

  /** Returns the largest of all values, 0 where there is none. */
  static double max(List<Series> series) {
    return series.stream()
        .flatMap(each -> each.values().stream())
        .mapToDouble(Double::doubleValue)
        .filter(value -> !Double.isNaN(value))
        .max()
        .orElse(0);
  }

  /**
   * Returns the values of all as a table.
   *
   * @param place what the rows are
   * @param rows name of each place
   */
  static ReportPage.Table table(
      String title, String place, List<String> rows, List<Series> series) {
    List<String> heads = new ArrayList<>(List.of(place));
    series.forEach(each -> heads.add(each.name()));
    List<List<String>> cells = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      List<String> row = new ArrayList<>(List.of(rows.get(r)));
      for (Series each : series) {
        row.add(r < each.values().size() ? Texts.figure(each.values().get(r)) : "");
      }
      cells.add(row);
    }
    return new ReportPage.Table(title, heads, cells, false);
  }
}
