package io.waip.replay.limit;

/**
 * A sequence of numbers with addition to a range and the minimum of a range, O(log n) each: a
 * segment tree whose nodes keep what was added to all of their span, so that nothing is pushed
 * down.
 */
final class RangeMinTree {
  private final int size;
  private final double[] least;
  private final double[] added;

  RangeMinTree(double[] initial) {
    size = initial.length;
    least = new double[4 * size];
    added = new double[4 * size];
    build(1, 0, size - 1, initial);
  }

  private void build(int node, int low, int high, double[] initial) {
    if (low == high) {
      least[node] = initial[low];
      return;
    }
    int middle = (low + high) >>> 1;
    build(2 * node, low, middle, initial);
    build(2 * node + 1, middle + 1, high, initial);
    least[node] = Math.min(least[2 * node], least[2 * node + 1]);
  }

  /** Adds to the entries {@code from} to {@code to}, both included; nothing if from > to. */
  void add(int from, int to, double amount) {
    if (from <= to) {
      add(1, 0, size - 1, new Range(from, to), amount);
    }
  }

  /** Entries from one to another, both included. */
  private record Range(int from, int to) {}

  private void add(int node, int low, int high, Range range, double amount) {
    if (range.from() <= low && high <= range.to()) {
      least[node] += amount;
      added[node] += amount;
      return;
    }
    int middle = (low + high) >>> 1;
    if (range.from() <= middle) {
      add(2 * node, low, middle, range, amount);
    }
    if (range.to() > middle) {
      add(2 * node + 1, middle + 1, high, range, amount);
    }
    least[node] = added[node] + Math.min(least[2 * node], least[2 * node + 1]);
  }

  /** Returns the least of the entries {@code from} to {@code to}, both included. */
  double min(int from, int to) {
    return min(1, 0, size - 1, from, to);
  }

  private double min(int node, int low, int high, int from, int to) {
    if (from <= low && high <= to) {
      return least[node];
    }
    int middle = (low + high) >>> 1;
    double left = Double.POSITIVE_INFINITY;
    double right = Double.POSITIVE_INFINITY;
    if (from <= middle) {
      left = min(2 * node, low, middle, from, to);
    }
    if (to > middle) {
      right = min(2 * node + 1, middle + 1, high, from, to);
    }
    return added[node] + Math.min(left, right);
  }
}
