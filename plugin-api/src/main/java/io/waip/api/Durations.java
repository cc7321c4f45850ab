package io.waip.api;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as text; a unit is always required. */
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h|d)");

  private Durations() {}

  /**
   * Parses text such as {@code 50ms}, {@code 1.5s} or {@code 2h}.
   *
   * @param text a non-negative decimal number directly followed by ns, us, ms, s, m, h or d
   * @return nanoseconds, {@code >= 0}
   * @throws IllegalArgumentException if the text has another form or does not fit in 64 bits
   */
  public static long parseNanos(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write a number with a unit, such as 50ms, 2s or 1m");
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitNanos(matcher.group(2))));
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is longer than 292 years");
    }
    return nanos.longValue();
  }

  /** Writes nanoseconds in the largest unit that divides them, such as {@code 50ms}. */
  public static String format(long nanos) {
    String[] units = {"d", "h", "m", "s", "ms", "us"};
    for (String unit : units) {
      long size = unitNanos(unit);
      if (nanos != 0 && nanos % size == 0) {
        return nanos / size + unit;
      }
    }
    return nanos + "ns";
  }

  private static long unitNanos(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 86_400_000_000_000L;
    };
  }
}
