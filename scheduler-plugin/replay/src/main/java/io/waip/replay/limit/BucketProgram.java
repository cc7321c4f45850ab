package io.waip.replay.limit;

import java.util.Arrays;

/**
 * A linear program that divides the time of rows among groups of requests:
 *
 * <pre>
 * maximise  sum x_j
 * group g:  sum of its columns x_j              <=  its requests
 * row r:    sum of w_j x_j + time given to rows above  <=  capacity + time taken from rows below
 * </pre>
 *
 * <p>A link is time that goes from a row to one above. Columns of a group are in different rows, in
 * their order. Immutable once built.
 */
final class BucketProgram {
  /** Of what a row has, the share that its columns, and the share that its link, take at first. */
  private static final double SHARE_AT_START = 0.3;

  private final CellRows rows;
  private final double[] capacity;
  private final int[][] links;
  private final int[] firstColumn;
  private final double[] demand;
  private final int[] rowOfColumn;
  private final double[] weightOfColumn;

  private BucketProgram(Builder from) {
    rows = from.rows;
    capacity = rows.capacity();
    links = rows.links();
    firstColumn = Arrays.copyOf(from.firstColumn, from.groups + 1);
    demand = Arrays.copyOf(from.demand, from.groups);
    rowOfColumn = Arrays.copyOf(from.rowOfColumn, firstColumn[from.groups]);
    weightOfColumn = Arrays.copyOf(from.weightOfColumn, firstColumn[from.groups]);
  }

  int rows() {
    return capacity.length;
  }

  int groups() {
    return demand.length;
  }

  int columns() {
    return rowOfColumn.length;
  }

  int links() {
    return links.length;
  }

  /** Returns the first column of a group; that of the next group is its end. */
  int firstColumn(int group) {
    return firstColumn[group];
  }

  /** Returns the row of each column, ascending inside a group; shared, not copied. */
  int[] rowsOfColumns() {
    return rowOfColumn;
  }

  int row(int column) {
    return rowOfColumn[column];
  }

  double weight(int column) {
    return weightOfColumn[column];
  }

  /** Returns the row that a link gives time to. */
  int parent(int link) {
    return links[link][0];
  }

  /** Returns the row that a link takes time from. */
  int child(int link) {
    return links[link][1];
  }

  /** Returns the most columns of a group. */
  int widestGroup() {
    int widest = 0;
    for (int g = 0; g < groups(); g++) {
      widest = Math.max(widest, firstColumn[g + 1] - firstColumn[g]);
    }
    return widest;
  }

  /** Returns for each row the first that shares a group or a link with it, or itself. */
  int[] firstCoupledRow() {
    int[] first = new int[rows()];
    Arrays.setAll(first, r -> r);
    for (int[] link : links) {
      lower(first, link[0], link[1]);
    }
    for (int g = 0; g < groups(); g++) {
      int least = Integer.MAX_VALUE;
      for (int j = firstColumn[g]; j < firstColumn[g + 1]; j++) {
        least = Math.min(least, rowOfColumn[j]);
      }
      for (int j = firstColumn[g]; j < firstColumn[g + 1]; j++) {
        lower(first, rowOfColumn[j], least);
      }
    }
    return first;
  }

  private static void lower(int[] first, int one, int other) {
    int high = Math.max(one, other);
    first[high] = Math.min(first[high], Math.min(one, other));
  }

  /**
   * Fills in a strictly feasible point: primal unknowns in the order columns, links, slacks of
   * groups, slacks of rows, and their dual partners.
   */
  void start(double[] primal, double[] dual) {
    int firstGroup = columns() + links();
    int firstRow = firstGroup + groups();
    double[] has = capacity.clone();
    for (int l = 0; l < links.length; l++) {
      primal[columns() + l] = SHARE_AT_START * has[child(l)];
      has[parent(l)] += primal[columns() + l];
      primal[firstRow + child(l)] -= primal[columns() + l];
    }
    int[] columnsOfRow = new int[rows()];
    Arrays.stream(rowOfColumn).forEach(r -> columnsOfRow[r]++);
    for (int g = 0; g < groups(); g++) {
      primal[firstGroup + g] = demand[g];
      for (int j = firstColumn[g]; j < firstColumn[g + 1]; j++) {
        int r = rowOfColumn[j];
        double ofRow = has[r] / (columnsOfRow[r] * weightOfColumn[j]);
        double ofGroup = demand[g] / (firstColumn[g + 1] - firstColumn[g]);
        primal[j] = SHARE_AT_START * Math.min(ofRow, ofGroup);
        primal[firstGroup + g] -= primal[j];
        primal[firstRow + r] -= weightOfColumn[j] * primal[j];
      }
    }
    for (int r = 0; r < rows(); r++) {
      primal[firstRow + r] += has[r];
      dual[firstRow + r] = 1.0 / (1 + rows.level(r));
    }
    startReducedCosts(dual, firstGroup, firstRow);
  }

  /** Surpluses of 1 leave every column the price of its time, and prices fall from row to row. */
  private void startReducedCosts(double[] dual, int firstGroup, int firstRow) {
    Arrays.fill(dual, firstGroup, firstRow, 1);
    for (int j = 0; j < columns(); j++) {
      dual[j] = weightOfColumn[j] * dual[firstRow + rowOfColumn[j]];
    }
    for (int l = 0; l < links.length; l++) {
      dual[columns() + l] = dual[firstRow + child(l)] - dual[firstRow + parent(l)];
    }
  }

  /** Collects groups. Single thread. */
  static final class Builder {
    private static final int FIRST_CAPACITY = 1024;

    private final CellRows rows;
    private int groups;
    private int[] firstColumn = new int[FIRST_CAPACITY];
    private double[] demand = new double[FIRST_CAPACITY];
    private int[] rowOfColumn = new int[FIRST_CAPACITY];
    private double[] weightOfColumn = new double[FIRST_CAPACITY];

    Builder(CellRows rows) {
      this.rows = rows;
    }

    /** Begins a group without columns. */
    void addGroup(int requests) {
      if (groups + 1 == firstColumn.length) {
        firstColumn = Arrays.copyOf(firstColumn, 2 * firstColumn.length);
        demand = Arrays.copyOf(demand, firstColumn.length);
      }
      demand[groups++] = requests;
      firstColumn[groups] = firstColumn[groups - 1];
    }

    /** Adds a column to the last group, in a row after those of its other columns. */
    void addColumn(int row, double weight) {
      int j = firstColumn[groups]++;
      if (j == rowOfColumn.length) {
        rowOfColumn = Arrays.copyOf(rowOfColumn, 2 * j);
        weightOfColumn = Arrays.copyOf(weightOfColumn, 2 * j);
      }
      rowOfColumn[j] = row;
      weightOfColumn[j] = weight;
    }

    BucketProgram build() {
      return new BucketProgram(this);
    }
  }
}
