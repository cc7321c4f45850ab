package io.waip.replay.limit;

import java.util.Arrays;

/**
 * Values over {@code [0, size)} with addition to a range and the minimum of a range, each in O(log
 * size).
 *
 * <p>A segment tree with lazy sums that are never pushed down. Single thread.
 */
final class RangeMinimumTree {
  private final int leaves;
  private final double[] minimum;
  private final double[] pending;

  RangeMinimumTree(double[] values) {
    leaves = Math.max(1, Integer.highestOneBit(Math.max(1, values.length - 1)) << 1);
    minimum = new double[2 * leaves];
    pending = new double[2 * leaves];
    Arrays.fill(minimum, Double.POSITIVE_INFINITY);
    System.arraycopy(values, 0, minimum, leaves, values.length);
    for (int node = leaves - 1; node > 0; node--) {
      minimum[node] = Math.min(minimum[2 * node], minimum[2 * node + 1]);
    }
  }

  /** Adds to every value of {@code [from, to)}. */
  void add(int from, int to, double amount) {
    add(1, 0, leaves, new int[] {from, to}, amount);
  }

  private void add(int node, int low, int high, int[] range, double amount) {
    if (range[1] <= low || high <= range[0]) {
      return;
    }
    if (range[0] <= low && high <= range[1]) {
      minimum[node] += amount;
      pending[node] += amount;
      return;
    }
    int middle = (low + high) >>> 1;
    add(2 * node, low, middle, range, amount);
    add(2 * node + 1, middle, high, range, amount);
    minimum[node] = Math.min(minimum[2 * node], minimum[2 * node + 1]) + pending[node];
  }

  /** Returns the least value of {@code [from, to)}, infinite where it is empty. */
  double min(int from, int to) {
    return min(1, 0, leaves, from, to);
  }

  private double min(int node, int low, int high, int from, int to) {
    if (to <= low || high <= from) {
      return Double.POSITIVE_INFINITY;
    }
    if (from <= low && high <= to) {
      return minimum[node];
    }
    int middle = (low + high) >>> 1;
    double left = min(2 * node, low, middle, from, to);
    double right = min(2 * node + 1, middle, high, from, to);
    return Math.min(left, right) + pending[node];
  }
}
