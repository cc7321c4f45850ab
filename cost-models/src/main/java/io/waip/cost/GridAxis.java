package io.waip.cost;

import java.util.Arrays;

/**
 * The measured values of one axis, with the cell each whole number falls into.
 *
 * <p>A number below the axis belongs to its first value, one above to its last.
 */
final class GridAxis {
  private final int[] values;
  private final int[] cells;

  /**
   * Takes the values.
   *
   * @param values at least one, ascending, each {@code >= 1}; not copied
   */
  GridAxis(int[] values) {
    this.values = values;
    cells = new int[last() + 1];
    int cell = 0;
    for (int n = 0; n < cells.length; n++) {
      while (cell + 2 < values.length && values[cell + 1] <= n) {
        cell++;
      }
      cells[n] = cell;
    }
  }

  int size() {
    return values.length;
  }

  /** Returns the index of a value of the axis. */
  int indexOf(int value) {
    return Arrays.binarySearch(values, value);
  }

  int value(int i) {
    return values[i];
  }

  int first() {
    return values[0];
  }

  int last() {
    return values[values.length - 1];
  }

  /** Returns the nearest number within the axis. */
  int clamp(int n) {
    return Math.max(first(), Math.min(last(), n));
  }

  /** Returns the index of the value that begins the cell of {@code n}, which is on the axis. */
  int cell(int n) {
    return cells[n];
  }

  /** Returns the index of the value that ends a cell; the same on an axis of one value. */
  int cellEnd(int cell) {
    return Math.min(cell + 1, values.length - 1);
  }

  /** Returns the width of a cell, {@code >= 1}. */
  int width(int cell) {
    return Math.max(1, values[cellEnd(cell)] - values[cell]);
  }
}
