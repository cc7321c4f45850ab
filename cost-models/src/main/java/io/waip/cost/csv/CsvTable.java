package io.waip.cost.csv;

import static io.waip.api.measurement.MeasurementFormatException.quote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A small CSV file: a header and at least one row, fields quoted as RFC 4180 says, UTF-8. Blank
 * lines are skipped; fields beyond the header must be empty. The last line must have its end, since
 * one that was cut off in its last field looks whole otherwise.
 */
public final class CsvTable {
  private static final long MAX_BYTES = 1 << 26;
  private static final ObjectReader READER =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);

  private final String file;
  private final List<String> header = new ArrayList<>();
  private final List<CsvRow> rows = new ArrayList<>();
  private int headerLine;

  private CsvTable(String file) {
    this.file = file;
  }

  /**
   * Reads a file whole.
   *
   * @throws MeasurementFormatException if it is no such file
   * @throws IOException if it cannot be read
   */
  public static CsvTable read(Path file) throws IOException {
    CsvTable table = new CsvTable(file.toString());
    table.parse(table.text(file));
    return table;
  }

  /**
   * Reads text.
   *
   * @param name of where it comes from, for messages
   * @throws MeasurementFormatException if it is no such table
   * @throws IOException never in practice: text needs no input
   */
  public static CsvTable parse(String name, String text) throws IOException {
    CsvTable table = new CsvTable(name);
    table.parse(text);
    return table;
  }

  private void parse(String text) throws IOException {
    try (MappingIterator<String[]> lines = READER.readValues(text)) {
      fill(lines);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw bad(
          line,
          "broken CSV: a quote is not closed, or text follows one",
          "fields as RFC 4180 says",
          "correct the line");
    }
    int last = rows.getLast().line();
    if (!text.endsWith("\n")) {
      throw bad(
          last,
          "the last line has no end, so it may be cut off",
          "a line feed at the end",
          "add one if the line is whole");
    }
  }

  private String text(Path path) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw bad(0, "it has more than %d bytes".formatted(MAX_BYTES), "a small table", "cut it");
    }
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw bad(0, "it is not UTF-8 text", "UTF-8 text", "check the file or convert it");
    }
  }

  private void fill(MappingIterator<String[]> lines) throws IOException {
    while (lines.hasNextValue()) {
      int line = lines.getParser().currentLocation().getLineNr();
      String[] fields = lines.nextValue();
      if (header.isEmpty()) {
        headerLine = line;
        takeHeader(fields);
      } else {
        rows.add(new CsvRow(this, line, checked(line, fields)));
      }
    }
    if (rows.isEmpty()) {
      throw bad(
          headerLine,
          header.isEmpty() ? "the file is empty" : "no row follows the header",
          "a header and at least one row",
          "measure again");
    }
  }

  private void takeHeader(String[] names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      String plain = name.replace("\uFEFF", "");
      if (!plain.isEmpty() && !seen.add(plain)) {
        throw bad(headerLine, "two columns " + quote(plain), "each column once", "remove one");
      }
      header.add(plain);
    }
  }

  private List<String> checked(int line, String[] fields) {
    List<String> all = List.of(fields);
    int names = header.size();
    if (fields.length < names || !String.join("", all.subList(names, fields.length)).isEmpty()) {
      throw bad(
          line,
          "%d fields".formatted(fields.length),
          "%d, as in the header".formatted(names),
          "complete the line or remove it");
    }
    return all;
  }

  /** Returns the rows, at least one, in the order of the file. */
  public List<CsvRow> rows() {
    return rows;
  }

  /** Returns the names of the columns. */
  public List<String> header() {
    return header;
  }

  /** Says whether there is a column of a name. */
  public boolean has(String column) {
    return header.contains(column);
  }

  /**
   * Asks for columns.
   *
   * @param remedy what to do where one is missing
   * @throws MeasurementFormatException if one is missing
   */
  public void require(List<String> columns, String remedy) {
    for (String column : columns) {
      if (!has(column)) {
        throw badHeader("no column '%s'".formatted(column), "columns " + columns, remedy);
      }
    }
  }

  /** Returns the exception for a header that will not do. */
  public MeasurementFormatException badHeader(String found, String allowed, String remedy) {
    return bad(headerLine, found, allowed, remedy);
  }

  /** Returns the exception for a mistake at a line, 0 for the whole file. */
  public MeasurementFormatException bad(int line, String found, String allowed, String remedy) {
    return new MeasurementFormatException(source(line), found, allowed, remedy);
  }

  /** Returns a place in the file; line 0 is the whole of it. */
  public Source source(int line) {
    return new Source(file, line);
  }
}
