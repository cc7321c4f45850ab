package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Horizontal bars, one for each row, stacked from parts. */
public final class StackedBars {
  private static final double WIDTH = 640;
  private static final double LEFT = 170;
  private static final double RIGHT = 56;
  private static final double ROW = 38;
  private static final double TOP = 18;
  private static final double BOTTOM = 44;

  private final String title;
  private final String note;
  private final String xLabel;
  private final List<String> rows;
  private final List<Series> parts = new ArrayList<>();
  private boolean hasTotals;
  private @Nullable String markName;
  private double markValue;

  /** Starts a chart of rows, top to bottom. */
  public StackedBars(String title, String note, String xLabel, List<String> rows) {
    this.title = title;
    this.note = note;
    this.xLabel = xLabel;
    this.rows = List.copyOf(rows);
  }

  /** Adds a part: one value for each row; a negative one has no bar. */
  public StackedBars add(Series part) {
    parts.add(part);
    return this;
  }

  /** Writes the sum of a row's parts at its end. */
  public StackedBars totals() {
    hasTotals = true;
    return this;
  }

  /** Draws a dashed line down at a value. */
  public StackedBars mark(String name, double value) {
    markName = name;
    markValue = value;
    return this;
  }

  /** Returns the chart. */
  public Chart draw() {
    double bottom = TOP + rows.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + BOTTOM, title);
    Ticks ticks = Ticks.upTo(Math.max(markName == null ? 0 : markValue, max()));
    for (double value : ticks.values()) {
      svg.line(x(ticks, value), TOP, x(ticks, value), bottom, "grid");
      svg.text(x(ticks, value), bottom + 17, "middle", "axis", ticks.label(value));
    }
    for (int r = 0; r < rows.size(); r++) {
      row(svg, ticks, r);
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2, bottom + BOTTOM - 6, "middle", "axis", xLabel);
    if (markName != null) {
      svg.line(x(ticks, markValue), TOP - 4, x(ticks, markValue), bottom, "mark");
      svg.text(x(ticks, markValue) - 4, TOP - 6, "end", "marktext", markName);
    }
    String legend = parts.size() > 1 ? Legend.areas(parts) : "";
    return new Chart(title, note, legend + svg.end(), Series.table(title, "", rows, parts));
  }

  private void row(Svg svg, Ticks ticks, int r) {
    double y = TOP + r * ROW + 6;
    svg.text(LEFT - 8, y + 17, "end", "axis strong", rows.get(r));
    double from = 0;
    for (Series part : parts) {
      double value = Math.max(0, part.values().get(r));
      svg.rect(
              x(ticks, from),
              y,
              x(ticks, from + value) - x(ticks, from),
              ROW - 12,
              "c" + (parts.size() == 1 ? r : part.color()))
          .titled(Texts.format("%s, %s: %.1f", rows.get(r), part.name(), value));
      from += value;
    }
    if (parts.size() == 1 || hasTotals) {
      boolean inside = markName != null && from > 0.75 * markValue;
      double at = x(ticks, from) + (inside ? -6 : 5);
      String css = inside ? "inside" : "axis";
      svg.text(at, y + 17, inside ? "end" : "start", css, Texts.format("%.1f", from));
    }
  }

  private static double x(Ticks ticks, double value) {
    return LEFT + value / ticks.top() * (WIDTH - LEFT - RIGHT);
  }

  private double max() {
    double max = 0;
    for (int r = 0; r < rows.size(); r++) {
      int row = r;
      max = Math.max(max, parts.stream().mapToDouble(p -> Math.max(0, p.values().get(row))).sum());
    }
    return max;
  }
}
