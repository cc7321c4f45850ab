package io.waip.cli.plan.shift;

import io.waip.cli.input.InputFiles;
import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A small CSV file: one header line with known columns, then at least one row; no quoting, no
 * comments. Every mistake is a {@link UserError} with file and line.
 */
final class Sheet {
  private static final long MOST_BYTES = 1 << 24;
  private static final int MOST_CHARS = 64;
  private static final double MOST = 1e9;
  static final String TIME = "a time with its offset, such as 2026-03-01T14:00:00Z";

  private final String file;
  private final List<String> header = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private Sheet(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param required columns that it must have
   * @param optional columns that it may have
   * @throws UserError if it cannot be read, or is not such a file
   */
  static Sheet read(Path file, List<String> required, List<String> optional) {
    List<String> lines =
        InputFiles.read(
            file,
            path -> {
              if (Files.size(path) > MOST_BYTES) {
                throw new UserError(
                    "the file is too large", file.toString(), "at most 16 MiB", "shorten it");
              }
              return Files.readAllLines(path);
            });
    Sheet sheet = new Sheet(file.toString());
    sheet.parse(lines, required, optional);
    return sheet;
  }

  private void parse(List<String> lines, List<String> required, List<String> optional) {
    List<String> known = new ArrayList<>(required);
    known.addAll(optional);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        List<String> fields = List.of(line.split(",", -1)).stream().map(String::strip).toList();
        if (header.isEmpty()) {
          readHeader(i + 1, fields, known, required);
        } else {
          rows.add(row(i + 1, fields));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new UserError("no rows", file, "a header line and at least one row", "add rows");
    }
  }

  private void readHeader(
      int line, List<String> fields, List<String> known, List<String> required) {
    for (String name : fields) {
      if (!known.contains(name) || header.contains(name)) {
        boolean isTwice = header.contains(name);
        throw new UserError(
            "column '" + shown(name) + "' is " + (isTwice ? "given twice" : "unknown"),
            file + ":" + line,
            String.join(", ", known),
            isTwice ? "remove one of them" : Suggestion.didYouMean(name, known));
      }
      header.add(name);
    }
    for (String name : required) {
      if (!header.contains(name)) {
        throw new UserError(
            "column '" + name + "' is missing",
            file + ":" + line,
            String.join(", ", known),
            "add it");
      }
    }
  }

  private Row row(int line, List<String> fields) {
    if (fields.size() != header.size()) {
      throw new UserError(
          fields.size() + " fields",
          file + ":" + line,
          header.size() + ", as in the header",
          "complete the line or remove it");
    }
    Map<String, String> values = new HashMap<>();
    for (int c = 0; c < fields.size(); c++) {
      values.put(header.get(c), fields.get(c));
    }
    return new Row(line, values);
  }

  private static String shown(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= MOST_CHARS ? printable : printable.substring(0, MOST_CHARS) + "…";
  }

  List<Row> rows() {
    return rows;
  }

  /** A row of the file. */
  final class Row {
    private final int line;
    private final Map<String, String> values;

    private Row(int line, Map<String, String> values) {
      this.line = line;
      this.values = values;
    }

    /** Returns where a mistake in this row is. */
    UserError error(String what, String allowed, String remedy) {
      return new UserError(what, file + ":" + line, allowed, remedy);
    }

    UserError bad(String column, String allowed) {
      return error(
          "column '%s': found '%s'".formatted(column, shown(text(column))),
          allowed,
          "correct the line");
    }

    /** Returns a field; empty where the file has no such column. */
    String text(String column) {
      return values.getOrDefault(column, "");
    }

    String name(String column) {
      if (!text(column).matches("[\\w.:/-]{1,128}")) {
        throw bad(column, "letters, digits, '-', '_', '.', '/' and ':', at most 128");
      }
      return text(column);
    }

    /** Returns a time, seconds since the epoch. */
    long time(String column) {
      try {
        Instant time = OffsetDateTime.parse(text(column)).toInstant();
        if (time.getNano() == 0) {
          return time.getEpochSecond();
        }
      } catch (DateTimeException e) {
        // Reported below, as a fraction of a second is.
      }
      throw bad(column, TIME + ", in whole seconds");
    }

    boolean flag(String column) {
      if (!text(column).matches("true|false")) {
        throw bad(column, "true or false");
      }
      return text(column).equals("true");
    }

    int whole(String column, int min, int max) {
      double value = number(column, min, max);
      if (value != Math.rint(value)) {
        throw bad(column, "a whole number from %d to %d".formatted(min, max));
      }
      return (int) value;
    }

    /** Returns a number; empty where the field is. */
    OptionalDouble optional(String column) {
      return text(column).isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(number(column, 0, MOST));
    }

    double number(String column, double min, double max) {
      String allowed =
          "a number from %s to %s"
              .formatted(
                  BigDecimal.valueOf(min).toPlainString(), BigDecimal.valueOf(max).toPlainString());
      if (!text(column).matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
        throw bad(column, allowed);
      }
      double value = Double.parseDouble(text(column));
      if (!(value >= min && value <= max)) {
        throw bad(column, allowed);
      }
      return value;
    }
  }
}
