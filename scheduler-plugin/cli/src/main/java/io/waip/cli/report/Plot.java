package io.waip.cli.report;

/**
 * The frame of a chart with vertical values: axes, grid, labels, and where values lie in it. All
 * charts have the same size.
 */
final class Plot {
  static final double WIDTH = 640;
  static final double HEIGHT = 280;

  private static final double LEFT = 62;
  private static final double RIGHT = 12;
  private static final double TOP = 14;
  private static final double BOTTOM = 44;

  private final Svg svg;
  private final Ticks ticks;

  /** Draws the frame for values in {@code [0, max]}. */
  Plot(String description, String xLabel, String yLabel, double max) {
    svg = new Svg(WIDTH, HEIGHT, description);
    ticks = Ticks.upTo(max);
    for (double value : ticks.values()) {
      svg.line(LEFT, y(value), WIDTH - RIGHT, y(value), "grid");
      svg.text(LEFT - 8, y(value) + 4, "end", "axis", ticks.label(value));
    }
    svg.upward(14, (TOP + HEIGHT - BOTTOM) / 2, yLabel);
    svg.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", "axis", xLabel);
  }

  Svg svg() {
    return svg;
  }

  double width() {
    return WIDTH - RIGHT - LEFT;
  }

  /** Returns where a share of the width lies. */
  double x(double share) {
    return LEFT + share * width();
  }

  /** Returns where a value lies; values above the axis are cut. */
  double y(double value) {
    double share = Math.min(1, value / ticks.top());
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  double bottom() {
    return HEIGHT - BOTTOM;
  }

  /** Writes a label under the axis. */
  void label(double x, String text) {
    svg.text(x, HEIGHT - BOTTOM + 17, "middle", "axis", text);
  }

  /** Draws a dashed line across at a value, with its name. */
  void mark(double value, String name) {
    svg.line(LEFT, y(value), WIDTH - RIGHT, y(value), "mark");
    svg.text(WIDTH - RIGHT - 4, y(value) - 5, "end", "marktext", name);
  }

  /** Draws a line of the grid down at a share of the width, with a label under the axis. */
  void vertical(double share, String text) {
    svg.line(x(share), TOP, x(share), bottom(), "grid");
    label(x(share), text);
  }

  /** Draws a dashed line down at a share of the width, with its name. */
  void markDown(double share, String name) {
    boolean isLeft = share < 0.5;
    svg.line(x(share), TOP - 4, x(share), bottom(), "mark");
    svg.text(x(share) + (isLeft ? 5 : -5), TOP + 6, isLeft ? "start" : "end", "marktext", name);
  }

  String end() {
    svg.line(LEFT, bottom(), WIDTH - RIGHT, bottom(), "base");
    return svg.end();
  }
}
