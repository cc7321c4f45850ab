package io.waip.cli.report;

import java.util.List;

/**
 * Points of one name and colour, joined by a line.
 *
 * @param color number of the colour, {@code [0, 24)}
 * @param points from left to right
 * @param hasDots whether each point is marked, because it was measured there alone
 */
public record Curve(String name, int color, List<Point> points, boolean hasDots) {
  /** Copies the list. */
  public Curve {
    points = List.copyOf(points);
  }

  /** A place in a chart, both values finite. */
  public record Point(double x, double y) {}
}
