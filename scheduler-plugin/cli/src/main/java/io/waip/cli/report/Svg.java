package io.waip.cli.report;

/** Writes SVG elements; colours come from CSS classes of the page. Not for several threads. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  Svg(double width, double height, String description) {
    text.append(
        Texts.format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">",
            width, height, escape(description)));
  }

  Svg rect(double x, double y, double width, double height, String css) {
    text.append(
        Texts.format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
            css, x, y, Math.max(0, width), Math.max(0, height)));
    return this;
  }

  /** Ends the element before, with a tooltip. */
  Svg titled(String tooltip) {
    text.append("><title>").append(escape(tooltip)).append("</title></rect>");
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String css) {
    text.append(
        Texts.format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            css, x1, y1, x2, y2));
    return this;
  }

  /** Draws a polyline through points given as {@code x,y} pairs. */
  Svg polyline(String points, String css) {
    text.append(Texts.format("<polyline class=\"%s\" points=\"%s\"/>", css, points));
    return this;
  }

  /**
   * Writes text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Svg text(double x, double y, String anchor, String css, String content) {
    text.append(
        Texts.format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            css, x, y, anchor, escape(content)));
    return this;
  }

  /** Writes text that reads upwards, centred on a point. */
  Svg upward(double x, double y, String content) {
    text.append(
        Texts.format(
            "<text class=\"axis\" transform=\"translate(%.1f %.1f) rotate(-90)\""
                + " text-anchor=\"middle\">%s</text>",
            x, y, escape(content)));
    return this;
  }

  String end() {
    return text.append("</svg>").toString();
  }

  static String point(double x, double y) {
    return Texts.format("%.1f,%.1f ", x, y);
  }

  static String escape(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
