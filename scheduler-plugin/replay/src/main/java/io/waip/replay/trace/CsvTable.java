package io.waip.replay.trace;

import static io.waip.replay.trace.TraceFormatException.quote;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comma-separated file with one header line, UTF-8, without quoting. Every line has as many
 * fields as the header; blank lines are allowed at the end only. Immutable.
 */
final class CsvTable {
  private final Path file;
  private final List<String> header;
  private final List<String[]> rows;

  private CsvTable(Path file, List<String> header, List<String[]> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  /**
   * Reads a file whole.
   *
   * @throws TraceFormatException if it cannot be read, has no row, or a line has another number of
   *     fields than the header
   */
  static CsvTable read(Path file) {
    List<String> lines = new ArrayList<>(lines(file));
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
    if (lines.size() < 2) {
      throw new TraceFormatException(
          file,
          0,
          lines.isEmpty() ? "the file is empty" : "no row follows the header",
          "a header line and at least one row",
          "give a trace with requests");
    }
    String first = lines.getFirst();
    List<String> header =
        Arrays.stream(fields(first.startsWith("\uFEFF") ? first.substring(1) : first))
            .map(String::strip)
            .toList();
    CsvTable table = new CsvTable(file, header, new ArrayList<>(lines.size() - 1));
    for (String line : lines.subList(1, lines.size())) {
      table.add(line);
    }
    return table;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "no such file");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private static TraceFormatException unreadable(Path file, String why) {
    return new TraceFormatException(
        file, 0, why, "a readable UTF-8 CSV file", "check the path and the file");
  }

  private static String[] fields(String line) {
    return line.split(",", -1);
  }

  private void add(String line) {
    String[] fields = fields(line);
    int number = rows.size() + 2;
    if (line.isBlank()) {
      throw new TraceFormatException(
          file, number, "blank line", "blank lines at the end only", "remove it");
    }
    if (fields.length != header.size()) {
      throw new TraceFormatException(
          file,
          number,
          "%d fields".formatted(fields.length),
          "%d, as in the header".formatted(header.size()),
          "complete the line or remove it");
    }
    rows.add(fields);
  }

  Path file() {
    return file;
  }

  List<String> header() {
    return header;
  }

  int size() {
    return rows.size();
  }

  /** Returns the position of a column, or -1. */
  int column(String name) {
    return header.indexOf(name);
  }

  String text(int row, int column) {
    return rows.get(row)[column].strip();
  }

  /**
   * Returns a whole number.
   *
   * @throws TraceFormatException if the field is something else, or not in {@code [min, max]}
   */
  int whole(int row, int column, int min, int max) {
    String text = text(row, column);
    Long value = parse(text);
    if (value == null || value < min || value > max) {
      throw bad(row, column, "a whole number in [%d, %d]".formatted(min, max));
    }
    return value.intValue();
  }

  private static @Nullable Long parse(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns the exception for a field that is not what is allowed. */
  TraceFormatException bad(int row, int column, String allowed) {
    return new TraceFormatException(
        file,
        row + 2,
        "column '%s': found %s".formatted(header.get(column), quote(text(row, column))),
        allowed,
        "correct the line or remove it");
  }
}
