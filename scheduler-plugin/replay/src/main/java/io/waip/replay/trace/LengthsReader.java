package io.waip.replay.trace;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads request lengths from CSV: column {@value #COLUMN}, whole numbers {@code >= 1}; other
 * columns are ignored. Request {@code i} takes row {@code i} modulo the number of rows.
 */
public final class LengthsReader {
  /** The column read. */
  public static final String COLUMN = "wordpieces";

  private static final int MAX_LENGTH = 1_000_000;
  private static final int FIRST_CAPACITY = 1024;

  private LengthsReader() {}

  /**
   * Reads a file whole.
   *
   * @return one length for each row, at least one
   * @throws TraceFormatException if the file or the column is missing, a field is not allowed, or
   *     there are more rows than a trace may have requests
   */
  public static int[] read(Path file) {
    try (Rows rows = Rows.open(file)) {
      int column = rows.field(COLUMN);
      if (column < 0) {
        throw new TraceFormatException(
            file,
            1,
            "no column '%s'".formatted(COLUMN),
            "a header with the column '%s'".formatted(COLUMN),
            "name the column of lengths so");
      }
      return column(rows, column);
    }
  }

  private static int[] column(Rows rows, int column) {
    int[] lengths = new int[FIRST_CAPACITY];
    int size = 0;
    while (rows.next()) {
      if (size == TraceColumns.MAX_REQUESTS) {
        throw TraceColumns.tooMany(rows.file(), rows.line());
      }
      if (size == lengths.length) {
        lengths = Arrays.copyOf(lengths, size + (size >> 1));
      }
      lengths[size++] = rows.whole(column, 1, MAX_LENGTH);
    }
    return Arrays.copyOf(lengths, size);
  }
}
