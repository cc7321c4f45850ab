package io.waip.replay.limit;

import java.util.Arrays;

/**
 * The positions of numbers in ascending order; equal ones keep theirs.
 *
 * <p>Sorts whole numbers and makes no object for each, so that ten million take 20 bytes each for a
 * moment and 4 for good. O(n log n); O(n) where they ascend already.
 */
final class AscendingOrder {
  private AscendingOrder() {}

  /** Returns the positions in order of {@link Double#compare}; there is no NaN. */
  static int[] of(double[] numbers) {
    long[] keys = new long[numbers.length];
    Arrays.setAll(keys, i -> key(numbers[i]));
    return of(keys);
  }

  /** Returns a whole number that compares as the given one does: IEEE 754 orders by magnitude. */
  private static long key(double number) {
    long bits = Double.doubleToLongBits(number);
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }

  /** Returns the positions. */
  static int[] of(long[] keys) {
    int[] order = new int[keys.length];
    if (isAscending(keys)) {
      Arrays.setAll(order, i -> i);
      return order;
    }
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    long[] ranked = new long[keys.length];
    Arrays.setAll(ranked, i -> (long) Arrays.binarySearch(sorted, keys[i]) << Integer.SIZE | i);
    Arrays.sort(ranked);
    Arrays.setAll(order, i -> (int) ranked[i]);
    return order;
  }

  private static boolean isAscending(long[] keys) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i] < keys[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
