package io.waip.cli.config;

import io.waip.api.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values with units, read from one node each. A value outside its range is a UserError. */
final class Scalars {

  private static final Pattern NAME = Pattern.compile("[\\w.:/-]{1,128}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?(e[+-]?\\d{1,2})?");
  private static final Pattern BYTES = Pattern.compile("(.+?)(kB|MB|GB|TB)");
  private static final double MOST_BYTES = 1e18;
  private static final Pattern RATE = Pattern.compile("(.+)/([smh])");

  private Scalars() {}

  static String name(ConfigNode node) {
    String text = node.text();
    if (!NAME.matcher(text).matches()) {
      throw node.invalid("is not a name");
    }
    return text;
  }

  static boolean flag(ConfigNode node) {
    return switch (node.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw node.invalid("is neither true nor false");
    };
  }

  /** A finite number in {@code [min, max]}. */
  static double number(ConfigNode node, double min, double max) {
    return inRange(node, parseNumber(node, node.text()), min, max);
  }

  /** A finite number above 0. */
  static double positive(ConfigNode node) {
    return number(node, Double.MIN_VALUE, Double.MAX_VALUE);
  }

  /** An integer in {@code [min, max]}. */
  static long integer(ConfigNode node, long min, long max) {
    try {
      long value = Long.parseLong(node.text());
      if (value < min || value > max) {
        throw node.invalid("is out of range");
      }
      return value;
    } catch (NumberFormatException e) {
      throw node.invalid("is not an integer");
    }
  }

  /** A duration of at least {@code min}. */
  static Duration duration(ConfigNode node, Duration min) {
    Duration value = parseDuration(node);
    if (value.compareTo(min) < 0) {
      throw node.invalid("is too short");
    }
    return value;
  }

  /** A duration in {@code [min, max]}. */
  static Duration duration(ConfigNode node, Duration min, Duration max) {
    Duration value = duration(node, min);
    if (value.compareTo(max) > 0) {
      throw node.invalid("is too long");
    }
    return value;
  }

  /** A number of bytes above 0 with a decimal unit, such as {@code 500MB}. */
  static double bytes(ConfigNode node) {
    Matcher bytes = BYTES.matcher(node.text());
    if (!bytes.matches()) {
      throw node.invalid("is not a number of bytes with a unit");
    }
    double unit =
        switch (bytes.group(2)) {
          case "kB" -> 1e3;
          case "MB" -> 1e6;
          case "GB" -> 1e9;
          default -> 1e12;
        };
    double value = parseNumber(node, bytes.group(1)) * unit;
    return inRange(node, value, Double.MIN_VALUE, MOST_BYTES);
  }

  /** A duration above 0. */
  static Duration positiveDuration(ConfigNode node) {
    return duration(node, Duration.ofNanos(1));
  }

  private static Duration parseDuration(ConfigNode node) {
    try {
      return Duration.ofNanos(Durations.parseNanos(node.text()));
    } catch (IllegalArgumentException e) {
      throw node.invalid("is not a duration with a unit");
    }
  }

  /** A rate above 0 such as {@code 200/s}, as events per second. */
  static double ratePerSecond(ConfigNode node) {
    Matcher rate = RATE.matcher(node.text());
    if (!rate.matches()) {
      throw node.invalid("is not a rate with a unit");
    }
    double seconds =
        switch (rate.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          default -> 3600;
        };
    double value = parseNumber(node, rate.group(1)) / seconds;
    return inRange(node, value, Double.MIN_VALUE, Double.MAX_VALUE);
  }

  /**
   * A percentage such as {@code 3%}, as a share in {@code [min, max]}, a part of {@code [0, 1]}.
   */
  static double share(ConfigNode node, double min, double max) {
    String text = node.text();
    if (!text.endsWith("%")) {
      throw node.invalid("is not a percentage, such as 3%");
    }
    BigDecimal percent = parseDecimal(node, text.substring(0, text.length() - 1));
    return inRange(node, percent.movePointLeft(2).doubleValue(), min, max);
  }

  private static double inRange(ConfigNode node, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw node.invalid("is out of range");
    }
    return value;
  }

  private static double parseNumber(ConfigNode node, String text) {
    return parseDecimal(node, text).doubleValue();
  }

  private static BigDecimal parseDecimal(ConfigNode node, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw node.invalid("is not a number");
    }
    return new BigDecimal(text);
  }
}
