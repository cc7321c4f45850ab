package io.waip.cost.online;

import java.util.Arrays;

/**
 * The latest values of a stream in ascending order. A value takes time in proportion to the window,
 * a rank constant time. Single thread; allocates nothing after construction.
 */
final class ScoreWindow {
  private final double[] latest;
  private final double[] ascending;
  private int size;
  private int oldest;

  ScoreWindow(int capacity) {
    latest = new double[capacity];
    ascending = new double[capacity];
  }

  /** Takes a value; the oldest one beyond the capacity is forgotten. */
  void add(double value) {
    if (size == latest.length) {
      remove(latest[oldest]);
    }
    latest[oldest] = value;
    oldest = (oldest + 1) % latest.length;
    insert(value);
  }

  private void remove(double value) {
    int at = Arrays.binarySearch(ascending, 0, size, value);
    System.arraycopy(ascending, at + 1, ascending, at, size - at - 1);
    size--;
  }

  private void insert(double value) {
    int found = Arrays.binarySearch(ascending, 0, size, value);
    int at = found >= 0 ? found : -found - 1;
    System.arraycopy(ascending, at, ascending, at + 1, size - at);
    ascending[at] = value;
    size++;
  }

  int size() {
    return size;
  }

  /**
   * Returns the value of a rank, 1 for the least.
   *
   * @param rank {@code [1, size]}
   */
  double ranked(int rank) {
    return ascending[rank - 1];
  }

  void clear() {
    size = 0;
  }
}
