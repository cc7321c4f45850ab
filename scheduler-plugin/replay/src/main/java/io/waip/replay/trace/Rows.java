package io.waip.replay.trace;

import static io.waip.replay.trace.TraceFormatException.quote;

import java.io.Closeable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows of named fields, read one after another; one row is held at a time. Single thread.
 *
 * <p>A field is addressed by its position in {@link #names()}.
 */
abstract sealed class Rows implements Closeable permits CsvRows, JsonRows {
  private static final int MAX_NUMBER_CHARS = 64;
  private static final int MAX_SECONDS = 1_000_000_000;
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE / 2);
  private static final String TIME = "a decimal number >= 0 and below 146 years";

  private final TextLines lines;

  Rows(TextLines lines) {
    this.lines = lines;
  }

  /**
   * Opens a file: JSON Lines where it begins with a bracket, CSV otherwise.
   *
   * @throws TraceFormatException if it cannot be read, is empty, or its first line is neither
   */
  static Rows open(Path file) {
    TextLines lines = TextLines.open(file);
    try {
      String first = lines.next();
      if (first == null || isBlankToTheEnd(lines, first)) {
        throw new TraceFormatException(
            file, 0, "the file is empty", "a trace with requests", "give a trace with requests");
      }
      boolean isJson = first.stripLeading().startsWith("{") || first.stripLeading().startsWith("[");
      return isJson ? new JsonRows(lines, first) : new CsvRows(lines, first);
    } catch (TraceFormatException e) {
      lines.close();
      throw e;
    }
  }

  /** Returns the file. */
  final Path file() {
    return lines.file();
  }

  /** Returns the number of the line of the row, from 1. */
  final int line() {
    return lines.number();
  }

  final TextLines lines() {
    return lines;
  }

  /**
   * Says whether a line and all after it are blank; reads them if the first is.
   *
   * @throws TraceFormatException if a row follows a blank line
   */
  final boolean isBlankToTheEnd(String line) {
    return isBlankToTheEnd(lines, line);
  }

  private static boolean isBlankToTheEnd(TextLines lines, String line) {
    if (!line.isBlank()) {
      return false;
    }
    int blank = lines.number();
    for (String rest = lines.next(); rest != null; rest = lines.next()) {
      if (!rest.isBlank()) {
        throw new TraceFormatException(
            lines.file(), blank, "blank line", "blank lines at the end only", "remove it");
      }
    }
    return true;
  }

  /** Returns the names of the fields: the header, or the keys of the first object. */
  abstract List<String> names();

  /**
   * Goes to the next row.
   *
   * @return false after the last
   * @throws TraceFormatException if the line is not a row, or the file has none
   */
  abstract boolean next();

  /**
   * Returns a field of this row, without blanks around it.
   *
   * @throws TraceFormatException if this row lacks it
   */
  abstract String text(int field);

  /** Says what a field is called in messages: {@code column 'x'}. */
  abstract String called(int field);

  /** Returns the position of a field, or -1. */
  final int field(String name) {
    return names().indexOf(name);
  }

  /**
   * Returns the position of a field that the file must have.
   *
   * @throws TraceFormatException if it has none of that name
   */
  final int required(String name) {
    int field = field(name);
    if (field < 0) {
      throw badNames("no field '%s'".formatted(name), "a header with '%s'".formatted(name));
    }
    return field;
  }

  /** Returns the exception for a field that is not what is allowed. */
  final TraceFormatException bad(int field, String allowed) {
    String text = text(field);
    boolean isNameAgain = text.equals(names().get(field));
    return new TraceFormatException(
        file(),
        line(),
        called(field) + ": found " + quote(text),
        allowed,
        isNameAgain ? "remove this second header" : "correct the line or remove it");
  }

  /** Returns the exception for a header or a first object of no known form. */
  final TraceFormatException badNames(String what, String allowed) {
    return new TraceFormatException(file(), 1, what, allowed, "name them so");
  }

  /**
   * Returns a whole number.
   *
   * @throws TraceFormatException if the field is something else, or not in {@code [min, max]}
   */
  final int whole(int field, int min, int max) {
    try {
      long value = Long.parseLong(text(field));
      if (value >= min && value <= max) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw bad(field, "a whole number in [%d, %d]".formatted(min, max));
  }

  /**
   * Returns a time in whole seconds.
   *
   * @throws TraceFormatException if the field is no multiple of the step, or not in {@code [0,
   *     10^9]}
   */
  final long multiple(int field, int step) {
    int seconds = whole(field, 0, MAX_SECONDS);
    if (seconds % step != 0) {
      throw bad(field, "a multiple of " + step);
    }
    return seconds;
  }

  /**
   * Returns a time, nanoseconds, {@code >= 0}; digits below a nanosecond are cut off.
   *
   * @param digits decimal places of the field's unit in nanoseconds: 9 for seconds
   * @throws TraceFormatException if the field is no decimal number of that range
   */
  final long nanos(int field, int digits) {
    BigDecimal nanos = decimal(field, digits, TIME);
    if (nanos.signum() < 0 || nanos.compareTo(MAX_NANOS) >= 0) {
      throw bad(field, TIME);
    }
    return nanos.longValue();
  }

  /**
   * Returns a decimal number.
   *
   * @throws TraceFormatException if the field is something else, or not in {@code [min, max]}
   */
  final double number(int field, double min, double max) {
    String allowed = "a decimal number in [%s, %s]".formatted(min, max);
    double value = decimal(field, 0, allowed).doubleValue();
    if (!(value >= min && value <= max)) {
      throw bad(field, allowed);
    }
    return value;
  }

  private BigDecimal decimal(int field, int digits, String allowed) {
    String text = text(field);
    if (text.length() <= MAX_NUMBER_CHARS) {
      try {
        return new BigDecimal(text).movePointRight(digits);
      } catch (NumberFormatException | ArithmeticException e) {
        // Reported below, as a number of too many digits is.
      }
    }
    throw bad(field, allowed);
  }

  @Override
  public final void close() {
    lines.close();
  }
}
