package io.waip.replay.limit;

/**
 * A sequence of numbers with addition to a range and the minimum of a range, O(log n) each: a
 * segment tree whose nodes keep what was added to all of their span, so that nothing is pushed
 * down. A leaf spans up to {@value #LEAF} entries, which are looked through: the nodes then take
 * little beside the entries.
 */
final class RangeMinTree {
  private static final int LEAF = 16;

  private final double[] entries;
  private final double[] least;
  private final double[] added;

  /**
   * Starts with these entries.
   *
   * @param initial at least one; handed over, for the tree works in it
   */
  RangeMinTree(double[] initial) {
    entries = initial;
    int nodes = 2;
    for (int span = initial.length; span > LEAF; span = (span + 1) / 2) {
      nodes *= 2;
    }
    least = new double[nodes];
    added = new double[nodes];
    build(1, 0, initial.length - 1);
  }

  private static boolean isLeaf(int low, int high) {
    return high - low < LEAF;
  }

  private void build(int node, int low, int high) {
    if (isLeaf(low, high)) {
      least[node] = scan(low, high);
      return;
    }
    int middle = (low + high) >>> 1;
    build(2 * node, low, middle);
    build(2 * node + 1, middle + 1, high);
    least[node] = Math.min(least[2 * node], least[2 * node + 1]);
  }

  private double scan(int low, int high) {
    double found = Double.POSITIVE_INFINITY;
    for (int i = low; i <= high; i++) {
      found = Math.min(found, entries[i]);
    }
    return found;
  }

  /** Adds to the entries {@code from} to {@code to}, both included; nothing if from > to. */
  void add(int from, int to, double amount) {
    if (from <= to) {
      add(1, 0, entries.length - 1, new Range(from, to), amount);
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
    if (isLeaf(low, high)) {
      addToEntries(Math.max(low, range.from()), Math.min(high, range.to()), amount);
      least[node] = added[node] + scan(low, high);
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

  private void addToEntries(int from, int to, double amount) {
    for (int i = from; i <= to; i++) {
      entries[i] += amount;
    }
  }

  /** Returns the least of the entries {@code from} to {@code to}, both included. */
  double min(int from, int to) {
    return min(1, 0, entries.length - 1, from, to);
  }

  private double min(int node, int low, int high, int from, int to) {
    if (from <= low && high <= to) {
      return least[node];
    }
    if (isLeaf(low, high)) {
      return added[node] + scan(Math.max(low, from), Math.min(high, to));
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
