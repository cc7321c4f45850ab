package io.waip.replay.trace;

import java.nio.file.Path;

/**
 * Reads request lengths from CSV: column {@value #COLUMN}, whole numbers {@code >= 1}; other
 * columns are ignored. Request {@code i} takes row {@code i} modulo the number of rows.
 */
public final class LengthsReader {
  /** The column read. */
  public static final String COLUMN = "wordpieces";

  private static final int MAX_LENGTH = 1_000_000;

  private LengthsReader() {}

  /**
   * Reads a file whole.
   *
   * @return one length for each row, at least one
   * @throws TraceFormatException if the file or the column is missing or a field is not allowed
   */
  public static int[] read(Path file) {
    CsvTable table = CsvTable.read(file);
    int column = table.column(COLUMN);
    if (column < 0) {
      throw new TraceFormatException(
          file,
          1,
          "no column '%s'".formatted(COLUMN),
          "a header with the column '%s'".formatted(COLUMN),
          "name the column of lengths so");
    }
    int[] lengths = new int[table.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = table.whole(i, column, 1, MAX_LENGTH);
    }
    return lengths;
  }
}
