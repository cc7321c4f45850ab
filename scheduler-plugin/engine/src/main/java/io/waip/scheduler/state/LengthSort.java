package io.waip.scheduler.state;

/**
 * Sorts window positions by length, longest first; equal lengths keep their order.
 *
 * <p>A radix sort, one pass for each eight bits of the longest length: O(positions), and unlike the
 * JDK's sort of numbers, which makes an array for each partition, it allocates nothing. Single
 * writer.
 */
final class LengthSort {
  private static final int DIGIT_BITS = 8;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final int[] starts = new int[DIGITS + 1];
  private final int[] sorted;

  /** Allocates for lists of at most {@code capacity} positions. */
  LengthSort(int capacity) {
    sorted = new int[capacity];
  }

  /**
   * Sorts the first {@code count} positions.
   *
   * @param lengths length at each position, {@code >= 1}
   */
  void sort(int[] positions, int count, int[] lengths) {
    int longest = 0;
    int shortest = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int length = lengths[positions[i]];
      longest = Math.max(longest, length);
      shortest = Math.min(shortest, length);
    }
    if (longest == shortest) {
      return;
    }
    for (int shift = 0; shift < Integer.SIZE && longest >>> shift != 0; shift += DIGIT_BITS) {
      pass(positions, count, lengths, shift);
    }
  }

  private void pass(int[] positions, int count, int[] lengths, int shift) {
    for (int digit = 0; digit <= DIGITS; digit++) {
      starts[digit] = 0;
    }
    for (int i = 0; i < count; i++) {
      starts[rank(lengths[positions[i]], shift) + 1]++;
    }
    for (int digit = 1; digit < DIGITS; digit++) {
      starts[digit] += starts[digit - 1];
    }
    for (int i = 0; i < count; i++) {
      sorted[starts[rank(lengths[positions[i]], shift)]++] = positions[i];
    }
    System.arraycopy(sorted, 0, positions, 0, count);
  }

  /** Returns the complement of a digit, so that large digits come first. */
  private static int rank(int length, int shift) {
    return ~(length >>> shift) & (DIGITS - 1);
  }
}
