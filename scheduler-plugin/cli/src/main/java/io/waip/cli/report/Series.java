package io.waip.cli.report;

import java.util.List;

/**
 * Values of one name and colour.
 *
 * @param color number of the colour, {@code [0, 8)}
 * @param values one for each place of the chart; NaN where there is none
 */
public record Series(String name, int color, List<Double> values) {
  /** Copies the list. */
  public Series {
    values = List.copyOf(values);
  }
}
