package io.waip.replay.diagnose;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts figures into sentences the same way on every machine. Stateless. */
public final class Wording {
  private static final Pattern SPECIFIER = Pattern.compile("%[^a-zA-Z%]*[a-zA-Z%]");
  private static final String FIGURE = "%.3g";

  private Wording() {}

  /**
   * Formats as {@link String#format} does with a point as decimal sign, but {@code %.3g} gives
   * three significant digits without an exponent or zeros at the end: {@code 40}, {@code 0.0125},
   * {@code 6810}.
   */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  public static String text(String format, Object... values) {
    Object[] shown = values.clone();
    StringBuilder plain = new StringBuilder();
    Matcher specifiers = SPECIFIER.matcher(format);
    int i = 0;
    while (specifiers.find()) {
      boolean isFigure = specifiers.group().equals(FIGURE);
      if (isFigure) {
        shown[i] = figure((Double) values[i]);
      }
      specifiers.appendReplacement(
          plain, Matcher.quoteReplacement(isFigure ? "%s" : specifiers.group()));
      i += specifiers.group().equals("%%") ? 0 : 1;
    }
    specifiers.appendTail(plain);
    return String.format(Locale.ROOT, plain.toString(), shown);
  }

  private static String figure(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
