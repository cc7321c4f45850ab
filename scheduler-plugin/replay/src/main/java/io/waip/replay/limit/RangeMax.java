package io.waip.replay.limit;

/**
 * A sequence of counts and the maximum of any range of it.
 *
 * <p>The maxima of blocks of {@value #BLOCK} are kept for every power of two of neighbouring blocks
 * (M. Bender and M. Farach-Colton, "The LCA problem revisited", LATIN 2000); the ends of a range
 * that fill no block are looked through. A maximum costs O(1), an index O(n); both together take
 * {@code 4 + log2(n) / 4} bytes for each count.
 */
final class RangeMax {
  private static final int BLOCK_BITS = 4;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final int[] counts;

  /** At level l the maximum of blocks {@code [i, i + 2^l)}. */
  private final int[][] levels;

  /** Starts with zeros. */
  RangeMax(int size) {
    counts = new int[size];
    int blocks = size >> BLOCK_BITS;
    levels = new int[Integer.SIZE - Integer.numberOfLeadingZeros(blocks)][];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new int[blocks - (1 << level) + 1];
    }
  }

  /** Sets a count; {@link #index} has to follow before the next maximum. */
  void set(int i, int count) {
    counts[i] = count;
  }

  /** Makes the counts known to {@link #max}. */
  void index() {
    for (int level = 0; level < levels.length; level++) {
      for (int i = 0; i < levels[level].length; i++) {
        levels[level][i] =
            level == 0
                ? scan(i << BLOCK_BITS, (i + 1) << BLOCK_BITS)
                : Math.max(levels[level - 1][i], levels[level - 1][i + (1 << (level - 1))]);
      }
    }
  }

  /** Returns the largest of the counts {@code from} to {@code to}, both included. */
  int max(int from, int to) {
    int firstBlock = (from + BLOCK - 1) >> BLOCK_BITS;
    int endBlock = (to + 1) >> BLOCK_BITS;
    if (firstBlock >= endBlock) {
      return scan(from, to + 1);
    }
    int level = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(endBlock - firstBlock);
    int inside = Math.max(levels[level][firstBlock], levels[level][endBlock - (1 << level)]);
    int ends = Math.max(scan(from, firstBlock << BLOCK_BITS), scan(endBlock << BLOCK_BITS, to + 1));
    return Math.max(inside, ends);
  }

  private int scan(int from, int to) {
    int most = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, counts[i]);
    }
    return most;
  }
}
