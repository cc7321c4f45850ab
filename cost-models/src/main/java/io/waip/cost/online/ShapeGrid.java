package io.waip.cost.online;

/**
 * Cells of batch and length at powers of two: 1, 2, 3 to 4, 5 to 8, and so on. What is beyond the
 * largest belongs to the last cell.
 *
 * @param maxBatch largest batch told apart, {@code >= 1}
 * @param maxLength largest length told apart, {@code >= 1}
 */
public record ShapeGrid(int maxBatch, int maxLength) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public ShapeGrid {
    if (maxBatch < 1 || maxLength < 1) {
      throw new IllegalArgumentException(
          "largest batch and length must be >= 1, are %d and %d".formatted(maxBatch, maxLength));
    }
  }

  /** Returns the number of rows: cells of batches. */
  int rows() {
    return log(maxBatch) + 1;
  }

  /** Returns the number of columns: cells of lengths. */
  int columns() {
    return log(maxLength) + 1;
  }

  /** Returns the number of cells. */
  int cells() {
    return rows() * columns();
  }

  /** Returns the cell of a shape, {@code [0, cells)}, row-major. */
  int cell(int batch, int length) {
    return row(batch) * columns() + column(length);
  }

  /** Returns the row of a batch, {@code [0, rows)}. */
  int row(int batch) {
    return log(Math.clamp(batch, 1, maxBatch));
  }

  /** Returns the column of a length, {@code [0, columns)}. */
  int column(int length) {
    return log(Math.clamp(length, 1, maxLength));
  }

  /** Returns the binary logarithm, rounded up. */
  private static int log(int n) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
  }
}
