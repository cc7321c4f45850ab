package io.waip.cli.report;

import java.util.Locale;

/** Formats figures the same way on every machine. */
public final class Texts {
  private Texts() {}

  /** Returns {@link String#format} with a point as decimal sign. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Returns a figure with four digits or more, or a dash for NaN. */
  public static String figure(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    return format(size >= 1000 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f", value);
  }

  /** Returns text of at most so many characters, cut with an ellipsis. */
  static String cut(String text, int most) {
    int characters = text.codePointCount(0, text.length());
    return characters <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))) + "…";
  }
}
