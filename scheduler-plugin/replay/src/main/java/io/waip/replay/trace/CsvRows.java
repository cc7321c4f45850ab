package io.waip.replay.trace;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Comma-separated rows below one header line, without quoting. Every line has as many fields as the
 * header; blank lines are allowed at the end only.
 */
final class CsvRows extends Rows {
  private final List<String> header;
  private String[] fields = new String[0];
  private int count;

  /** Begins below the header, which has been read. */
  CsvRows(TextLines lines, String header) {
    super(lines);
    this.header = Arrays.stream(split(header)).map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String name : this.header) {
      if (!name.isEmpty() && !seen.add(name)) {
        throw badNames("more than one column '" + name + "'", "each column once");
      }
    }
  }

  private static String[] split(String line) {
    return line.split(",", -1);
  }

  @Override
  List<String> names() {
    return header;
  }

  @Override
  boolean next() {
    String line = lines().next();
    if (line == null || isBlankToTheEnd(line)) {
      if (count == 0) {
        throw new TraceFormatException(
            file(),
            0,
            "no row follows the header",
            "a header line and at least one row",
            "give a trace with requests");
      }
      return false;
    }
    fields = split(line);
    count++;
    if (fields.length != header.size()) {
      throw new TraceFormatException(
          file(),
          line(),
          "%d fields".formatted(fields.length),
          "%d, as in the header".formatted(header.size()),
          "complete the line or remove it");
    }
    return true;
  }

  @Override
  String text(int field) {
    return fields[field].strip();
  }

  @Override
  String called(int field) {
    return "column '" + header.get(field) + "'";
  }
}
