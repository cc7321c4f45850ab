package io.waip.replay.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stretches of time of each class among which a {@link BucketProgram} divides work: its cells,
 * and for windows of many cells coarser stretches, each {@value #FACTOR} times as long as those of
 * the level below, which get their time from the stretches below.
 *
 * <p>They are rows of the program, in order of their ends, so that rows which have to do with one
 * another lie close together. A stretch in which the class is down has no row. Time is counted in a
 * unit of the caller's. Immutable once made.
 */
final class CellRows {
  static final int FACTOR = 4;

  private final TimeCells cells;
  private final int[] spans;
  private final int[][][] rowOf;
  private final List<Integer> levelOf = new ArrayList<>();
  private final List<Double> capacity = new ArrayList<>();
  private final List<int[]> links = new ArrayList<>();

  /**
   * Makes the rows.
   *
   * @param levels those that are used, ascending, 0 among them
   */
  CellRows(TimeCells cells, List<ClassWorks> classes, int[] levels, double unitNanos) {
    this.cells = cells;
    spans = Arrays.stream(levels).map(level -> 1 << (2 * level)).toArray();
    rowOf = new int[classes.size()][levels.length][];
    for (int[][] ofClass : rowOf) {
      for (int l = 0; l < spans.length; l++) {
        ofClass[l] = new int[count(l)];
      }
    }
    for (int end = 1; end <= cells.count(); end++) {
      for (int l = 0; l < spans.length; l++) {
        if (end % spans[l] == 0 || end == cells.count()) {
          for (int d = 0; d < rowOf.length; d++) {
            double own = cells.between(classes.get(d).supply(), end - 1) / unitNanos;
            rowOf[d][l][(end - 1) / spans[l]] = l == 0 ? fine(own) : coarse(d, l, end);
          }
        }
      }
    }
  }

  private int fine(double time) {
    return time > 0 ? row(0, time) : -1;
  }

  private int coarse(int d, int l, int end) {
    int from = (end - 1) / spans[l] * spans[l] / spans[l - 1];
    int to = (end - 1) / spans[l - 1];
    int[] below = rowOf[d][l - 1];
    if (Arrays.stream(below, from, to + 1).allMatch(row -> row < 0)) {
      return -1;
    }
    int row = row(l, 0);
    for (int child = from; child <= to; child++) {
      if (below[child] >= 0) {
        links.add(new int[] {row, below[child]});
      }
    }
    return row;
  }

  private int row(int level, double time) {
    levelOf.add(level);
    capacity.add(time);
    return capacity.size() - 1;
  }

  private int count(int l) {
    return (cells.count() + spans[l] - 1) / spans[l];
  }

  /** Returns the number of levels that are used. */
  int levels() {
    return spans.length;
  }

  /** Returns the first stretch of a level that a window beginning at a position reaches into. */
  int first(int l, double position) {
    return Math.min((int) (position / spans[l]), count(l) - 1);
  }

  /** Returns the stretch after the last that it reaches into; after the first in any case. */
  int last(int l, int first, double position) {
    return Math.max((int) Math.ceil(position / spans[l]), first + 1);
  }

  /** Returns the row of a stretch, or -1. */
  int row(int d, int l, int stretch) {
    return rowOf[d][l][stretch];
  }

  /** Returns the position among the used levels of a row. */
  int level(int row) {
    return levelOf.get(row);
  }

  /** Returns the time of each row itself, without what it may take from those below. */
  double[] capacity() {
    return capacity.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns pairs of a row and one below it that it takes time from. */
  int[][] links() {
    return links.toArray(int[][]::new);
  }
}
