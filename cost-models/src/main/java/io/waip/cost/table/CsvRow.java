package io.waip.cost.table;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One row of a {@link CsvTable}.
 *
 * @param source where it stands
 * @param header names of the columns
 * @param fields as many as names
 */
record CsvRow(Source source, List<String> header, List<String> fields) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** Returns a field that may not be empty; the column is in the header. */
  String text(String column) {
    String text = fields.get(header.indexOf(column));
    if (text.isEmpty()) {
      throw bad(column, "is empty", "a value", "fill it in or remove the line");
    }
    return text;
  }

  /** Returns a whole number in {@code [1, 999,999,999]}. */
  int count(String column) {
    String text = text(column);
    int count = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (count < 1) {
      throw bad(
          column,
          "is '" + text + "'",
          "a whole number from 1 to 999999999",
          "correct or remove the line");
    }
    return count;
  }

  /** Returns a time given in milliseconds, as nanoseconds. */
  double millis(String column) {
    String text = text(column);
    if (!DECIMAL.matcher(text).matches()) {
      throw notANumber(column, text);
    }
    double millis = Double.parseDouble(text);
    if (!(millis > 0) || Double.isInfinite(millis)) {
      throw bad(column, "is " + text, "finite milliseconds above 0", "correct or remove the line");
    }
    return millis * NANOS_PER_MILLI;
  }

  private MeasurementFormatException notANumber(String column, String text) {
    return bad(
        column,
        "is '" + text + "'",
        "a number of milliseconds without a unit",
        "convert it to ms or remove the line");
  }

  private MeasurementFormatException bad(
      String column, String found, String allowed, String remedy) {
    return new MeasurementFormatException(
        source, "column '%s' %s".formatted(column, found), allowed, remedy);
  }
}
