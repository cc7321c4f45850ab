package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Shares of a whole over time and classes: the darker a cell, the larger its share.
 *
 * @param color number of the colour, {@code [0, 24)}
 * @param axis what the classes are, with the unit
 * @param classes names, bottom to top
 * @param seconds time that all steps span
 * @param shares in {@code [0, 1]}, by step and class
 */
public record HeatMap(
    int color, String axis, List<String> classes, double seconds, List<List<Double>> shares) {
  private static final double LEFT = 76;
  private static final double RIGHT = 12;
  private static final double TOP = 8;
  private static final double BOTTOM = 44;
  private static final double HEIGHT = 262;
  private static final int MOST_LABELS = 16;
  private static final double[] LEVEL_ENDS = {0.02, 0.05, 0.1, 0.25, 0.5, 1};
  private static final double[] OPACITIES = {0.14, 0.28, 0.44, 0.6, 0.8, 1};

  /** Copies the lists. */
  public HeatMap {
    classes = List.copyOf(classes);
    shares = shares.stream().map(List::copyOf).toList();
  }

  /**
   * Returns the chart.
   *
   * @param note what a share is a share of
   */
  public Chart draw(String title, String note) {
    Svg svg = new Svg(Plot.WIDTH, HEIGHT, title);
    for (int level = 0; level < LEVEL_ENDS.length; level++) {
      svg.path(cells(level), "c" + color, OPACITIES[level]);
    }
    labels(svg);
    return new Chart(title, note, legend() + svg.end(), data(title));
  }

  private static int level(double share) {
    int level = 0;
    while (level < LEVEL_ENDS.length - 1 && share > LEVEL_ENDS[level] + 1e-9) {
      level++;
    }
    return level;
  }

  /** Returns the outlines of all cells of a level. */
  private String cells(int level) {
    StringBuilder path = new StringBuilder();
    for (int step = 0; step < shares.size(); step++) {
      for (int c = 0; c < classes.size(); c++) {
        double share = shares.get(step).get(c);
        if (share > 0 && level(share) == level) {
          path.append(
              Texts.format(
                  "M%.1f %.1fh%.1fv%.1fh-%.1fz", x(step), y(c + 1), width(), height(), width()));
        }
      }
    }
    return path.toString();
  }

  private double width() {
    return (Plot.WIDTH - LEFT - RIGHT) / shares.size();
  }

  private double height() {
    return (HEIGHT - TOP - BOTTOM) / classes.size();
  }

  private double x(double steps) {
    return LEFT + steps * width();
  }

  private double y(double position) {
    return HEIGHT - BOTTOM - position * height();
  }

  private void labels(Svg svg) {
    double bottom = HEIGHT - BOTTOM;
    int every = (classes.size() + MOST_LABELS - 1) / MOST_LABELS;
    for (int c = 0; c < classes.size(); c += every) {
      svg.text(LEFT - 8, y(c + 0.5) + 4, "end", "axis", classes.get(c));
    }
    Ticks times = Ticks.upTo(seconds);
    for (double time : times.values()) {
      if (time <= seconds) {
        double x = LEFT + time / seconds * (Plot.WIDTH - LEFT - RIGHT);
        svg.line(x, bottom, x, bottom + 4, "base");
        svg.text(x, bottom + 17, "middle", "axis", times.label(time));
      }
    }
    svg.line(LEFT, bottom, Plot.WIDTH - RIGHT, bottom, "base");
    svg.line(LEFT, TOP, LEFT, bottom, "base");
    svg.upward(14, (TOP + bottom) / 2, axis);
    svg.text((LEFT + Plot.WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", "axis", "time, s");
  }

  private String legend() {
    StringBuilder entries = new StringBuilder();
    double from = 0;
    for (int level = 0; level < LEVEL_ENDS.length; level++) {
      String key =
          Texts.format("<i class=\"c%d\" style=\"opacity:%.2f\"></i>", color, OPACITIES[level]);
      String text = Texts.format("%.0f–%.0f %%", 100 * from, 100 * LEVEL_ENDS[level]);
      entries.append(Legend.entry(key, text));
      from = LEVEL_ENDS[level];
    }
    return Legend.of(entries);
  }

  private ReportPage.Table data(String title) {
    List<String> heads = new ArrayList<>(List.of("from, s"));
    heads.addAll(classes);
    List<List<String>> rows = new ArrayList<>();
    for (int step = 0; step < shares.size(); step++) {
      List<String> row = new ArrayList<>();
      row.add(Texts.figure(seconds * step / shares.size()));
      shares
          .get(step)
          .forEach(share -> row.add(share > 0 ? Texts.format("%.1f %%", 100 * share) : ""));
      rows.add(row);
    }
    return new ReportPage.Table(title, heads, rows, false);
  }
}
