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

  /** Fills outlines given as path data; nothing where there are none. */
  Svg path(String data, String css, double opacity) {
    if (!data.isEmpty()) {
      text.append(
          Texts.format("<path class=\"%s\" fill-opacity=\"%.2f\" d=\"%s\"/>", css, opacity, data));
    }
    return this;
  }

  /** Shades an area between points given as {@code x,y} pairs. */
  Svg polygon(String points) {
    text.append(Texts.format("<polygon class=\"band\" points=\"%s\"/>", points.strip()));
    return this;
  }

  Svg dot(double x, double y, String css) {
    text.append(Texts.format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", css, x, y));
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

  /** Returns text for HTML and XML; what XML has no place for becomes a replacement character. */
  static String escape(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    raw.codePoints().forEach(each -> text.append(escape(each)));
    return text.toString();
  }

  private static String escape(int codePoint) {
    return switch (codePoint) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      default -> isWritable(codePoint) ? Character.toString(codePoint) : "\uFFFD";
    };
  }

  /** The characters of XML 1.0 (W3C, fifth edition, section 2.2), less the C1 controls. */
  private static boolean isWritable(int codePoint) {
    boolean isControl = Character.isISOControl(codePoint) && "\t\n\r".indexOf(codePoint) < 0;
    boolean isSurrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return !isControl && !isSurrogate && codePoint != 0xFFFE && codePoint != 0xFFFF;
  }
}
