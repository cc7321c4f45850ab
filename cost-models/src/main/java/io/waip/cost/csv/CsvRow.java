package io.waip.cost.csv;

import static io.waip.api.measurement.MeasurementFormatException.quote;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.math.BigDecimal;
import java.util.List;

/**
 * A row of a table.
 *
 * @param table the table
 * @param line of the file, from 1
 * @param fields at least as many as the header has
 */
public record CsvRow(CsvTable table, int line, List<String> fields) {
  private static final int MAX_NUMBER_CHARS = 60;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Eleven days. */
  private static final double MAX_MILLIS = 1e9;

  private static final String TIME_RANGE = "milliseconds above 0, at most 1e9, without a unit";

  /** Returns where the row is. */
  public Source source() {
    return table.source(line);
  }

  /** Returns a field of a column that the table has. */
  public String text(String column) {
    return fields.get(table.header().indexOf(column));
  }

  /**
   * Returns a name.
   *
   * @throws MeasurementFormatException if the field is blank
   */
  public String name(String column) {
    String text = text(column);
    if (text.isBlank()) {
      throw bad(column, "a name");
    }
    return text;
  }

  /**
   * Returns a whole number, {@code >= 1}.
   *
   * @throws MeasurementFormatException if the field is something else
   */
  public int whole(String column) {
    try {
      int value = Integer.parseInt(text(column));
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw bad(column, "a whole number >= 1");
  }

  /**
   * Returns a decimal number above 0.
   *
   * @throws MeasurementFormatException if the field is something else
   */
  public double positive(String column) {
    double value = decimal(column, "a decimal number above 0");
    if (value == 0) {
      throw bad(column, "a decimal number above 0");
    }
    return value;
  }

  /**
   * Returns a time given in milliseconds, as nanoseconds.
   *
   * @throws MeasurementFormatException if the field is no number above 0 and at most 1e9
   */
  public double nanosOfMillis(String column) {
    double millis = decimal(column, TIME_RANGE);
    if (millis == 0 || millis > MAX_MILLIS) {
      throw bad(column, TIME_RANGE);
    }
    return NANOS_PER_MILLI * millis;
  }

  /**
   * Returns the sum of decimal numbers, each {@code >= 0}, above 0 together.
   *
   * @throws MeasurementFormatException if a field is something else, or all are 0
   */
  public double sum(List<String> columns) {
    double sum = 0;
    for (String column : columns) {
      sum += decimal(column, "a decimal number >= 0");
    }
    if (sum == 0) {
      throw table.bad(
          line, "columns %s are all 0".formatted(columns), "a time above 0", "remove the line");
    }
    return sum;
  }

  private double decimal(String column, String allowed) {
    String text = text(column);
    if (text.length() <= MAX_NUMBER_CHARS) {
      try {
        double value = new BigDecimal(text).doubleValue();
        if (value >= 0 && value < Double.POSITIVE_INFINITY) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, as a number out of range is.
      }
    }
    throw bad(column, allowed);
  }

  /** Returns the exception for a field that is not what is allowed. */
  public MeasurementFormatException bad(String column, String allowed) {
    return table.bad(
        line,
        "column '%s': found %s".formatted(column, quote(text(column))),
        allowed,
        "correct the line or remove it");
  }
}
