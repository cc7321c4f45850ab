package io.waip.cost.online;

import io.waip.cost.internal.Finite;
import java.util.Arrays;

/**
 * Means of values over the cells of a table, each shrunk to those of its row and column and all to
 * one level, by how many values stand behind it.
 *
 * <p>The estimate of a cell is {@code level + d}. The level is an EWMA of what estimates missed. A
 * cell, a row and a column each have an EWMA of the distance of their values from the level. With n
 * values behind it a mean counts {@code n / (n + 4)}: that of the cell against those of row and
 * column, these against 0, and the level against 0 too. The first values of an EWMA weigh alike, so
 * that it is their mean. A value further than a factor of 2 ({@code ln 2}) from its estimate counts
 * as no further: one slow execution is no new level.
 *
 * <p>Since the level is one for all, a change that meets all cells is followed at once also where
 * nothing was measured since.
 *
 * <p>Constant time. Single thread; allocates nothing after construction.
 */
final class ShrunkTable {
  /** Values at which a mean counts as much as what it is shrunk to. */
  private static final double SHRINKAGE = 4;

  private static final double FURTHEST = Math.log(2);

  private final CorrectionSettings settings;
  private final int columns;
  private final Means cells;
  private final Means rowMeans;
  private final Means columnMeans;
  private double level;
  private long values;

  /** Begins with estimates of 0. */
  ShrunkTable(int rows, int columns, CorrectionSettings settings) {
    this.settings = settings;
    this.columns = columns;
    cells = new Means(rows * columns, settings.cellWeight());
    rowMeans = new Means(rows, settings.cellWeight());
    columnMeans = new Means(columns, settings.cellWeight());
  }

  /** EWMAs, each with the number of its values. */
  private static final class Means {
    private final double weight;
    private final double[] mean;
    private final long[] count;

    Means(int size, double weight) {
      this.weight = weight;
      mean = new double[size];
      count = new long[size];
    }

    void add(int i, double value) {
      count[i]++;
      mean[i] += Math.max(weight, 1.0 / count[i]) * (value - mean[i]);
    }

    /** Returns the mean shrunk to another. */
    double shrunkTo(double other, int i) {
      return (count[i] * mean[i] + SHRINKAGE * other) / (count[i] + SHRINKAGE);
    }

    void clear() {
      Arrays.fill(mean, 0);
      Arrays.fill(count, 0);
    }
  }

  /**
   * Takes a value of a cell.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  void add(int row, int column, double value) {
    Finite.require(value, "log residual");
    double expected = estimate(row, column);
    double kept = Math.clamp(value, expected - FURTHEST, expected + FURTHEST);
    values++;
    level += Math.max(settings.levelWeight(), 1 / (values + SHRINKAGE)) * (kept - expected);
    double deviation = kept - level;
    rowMeans.add(row, deviation);
    columnMeans.add(column, deviation);
    cells.add(row * columns + column, deviation);
  }

  /** Returns the estimate of a cell. */
  double estimate(int row, int column) {
    long rowCount = rowMeans.count[row];
    long columnCount = columnMeans.count[column];
    double byRow = rowMeans.shrunkTo(0, row);
    double byColumn = columnMeans.shrunkTo(0, column);
    double parent =
        rowCount + columnCount == 0
            ? 0
            : (rowCount * byRow + columnCount * byColumn) / (rowCount + columnCount);
    return level + cells.shrunkTo(parent, row * columns + column);
  }

  /** Forgets all values. */
  void clear() {
    cells.clear();
    rowMeans.clear();
    columnMeans.clear();
    level = 0;
    values = 0;
  }
}
