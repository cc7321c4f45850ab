package io.waip.cost.table;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comma-separated table with a header, read whole.
 *
 * <p>Fields may be quoted as RFC 4180 has it, but hold no line breaks. Blank lines are left out.
 */
final class CsvTable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final List<String> header;
  private final List<CsvRow> rows;

  private CsvTable(String file, List<String> header, List<CsvRow> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @throws MeasurementFormatException if it is no text, holds no row, or a row has more or fewer
   *     fields than the header
   * @throws IOException if it cannot be read
   */
  static CsvTable read(Path file) throws IOException {
    String name = file.toString();
    List<String> lines = lines(file);
    List<String> header = List.of();
    List<CsvRow> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      Source source = new Source(name, i + 1);
      List<String> fields = fields(lines.get(i), source);
      if (header.isEmpty()) {
        header = fields;
        continue;
      }
      requireFields(header, fields, source);
      rows.add(new CsvRow(source, header, fields));
    }
    if (rows.isEmpty()) {
      throw new MeasurementFormatException(
          new Source(name, 0),
          header.isEmpty() ? "the file is empty" : "there is a header but no row",
          "a header and at least one row",
          "give the whole file");
    }
    return new CsvTable(name, header, rows);
  }

  /**
   * Returns the names in the first line of a text.
   *
   * @return no name where the line is not of this form
   */
  static List<String> names(String head) {
    String first = head.lines().findFirst().orElse("");
    @Nullable List<String> names = split(withoutMark(first));
    return names == null ? List.of() : names;
  }

  List<String> header() {
    return header;
  }

  List<CsvRow> rows() {
    return rows;
  }

  /**
   * Checks that the columns are there, each once.
   *
   * @throws MeasurementFormatException if one is missing or repeated
   */
  void require(List<String> columns) {
    for (String column : columns) {
      long count = header.stream().filter(column::equals).count();
      if (count != 1) {
        throw new MeasurementFormatException(
            new Source(file, 1),
            "column '%s' %s".formatted(column, count == 0 ? "is missing" : "is there twice"),
            "the columns " + String.join(", ", columns),
            "give the table as its tool wrote it");
      }
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty()) {
        lines.set(0, withoutMark(lines.getFirst()));
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw new MeasurementFormatException(
          new Source(file.toString(), 0),
          "the file is not text in UTF-8",
          "a comma-separated table",
          "export the table as CSV");
    }
  }

  private static String withoutMark(String line) {
    return !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line;
  }

  private static List<String> fields(String line, Source source) {
    List<String> fields = split(line);
    if (fields == null) {
      throw new MeasurementFormatException(
          source, "a quoted field does not end on its line", "quotes in pairs", "close the quote");
    }
    return fields;
  }

  /** Returns the fields of a line, trimmed; null if a quote stays open. */
  private static @Nullable List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return quoted ? null : fields;
  }

  private static void requireFields(List<String> header, List<String> fields, Source source) {
    if (fields.size() != header.size()) {
      throw new MeasurementFormatException(
          source,
          "%d fields".formatted(fields.size()),
          "%d, as in the header".formatted(header.size()),
          "complete the line or remove it");
    }
  }
}
