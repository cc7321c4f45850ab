package io.waip.replay.limit;

import java.util.Arrays;

/**
 * How many requests could be in one batch of a given duration with each request.
 *
 * <p>A batch of duration c that starts at s lies in the window of request j if {@code r_j <= s <=
 * d_j - c}. With {@code N(s)} the number of such j, no batch with request i has more than {@code
 * max N(s)} members, s over {@code [r_i, d_i - c]}. N rises at releases only, so its largest value
 * is taken at one.
 *
 * <p>Releases ascend. Not safe for several threads: {@link #largest} reuses its arrays.
 */
final class Companions {
  private final long[] releases;
  private final long[] deadlines;
  private final int[] byDeadline;
  private final int[] atRelease;
  private final int[][] blocks;

  Companions(long[] releases, long[] deadlines) {
    this.releases = releases;
    this.deadlines = deadlines;
    int n = releases.length;
    long[] keyed = new long[n];
    long[] sorted = deadlines.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < n; i++) {
      keyed[i] = (long) Arrays.binarySearch(sorted, deadlines[i]) << Integer.SIZE | i;
    }
    Arrays.sort(keyed);
    byDeadline = Arrays.stream(keyed).mapToInt(key -> (int) key).toArray();
    atRelease = new int[n];
    blocks = new int[Integer.SIZE - Integer.numberOfLeadingZeros(n)][];
    blocks[0] = atRelease;
    for (int level = 1; level < blocks.length; level++) {
      blocks[level] = new int[n - (1 << level) + 1];
    }
  }

  /**
   * Computes the largest batch of a duration for every request, O(n log n).
   *
   * @param nanos duration of the batch, rounded down to whole nanoseconds by the caller, which only
   *     raises the counts
   * @param largest filled for each request; 0 where its window is shorter than the duration
   */
  void largest(long nanos, int[] largest) {
    count(nanos);
    for (int level = 1; level < blocks.length; level++) {
      int half = 1 << (level - 1);
      for (int i = 0; i < blocks[level].length; i++) {
        blocks[level][i] = Math.max(blocks[level - 1][i], blocks[level - 1][i + half]);
      }
    }
    int last = 0;
    for (int i = 0; i < largest.length; i++) {
      if (!fits(i, nanos)) {
        largest[i] = 0;
        continue;
      }
      last = lastReleaseBy(deadlines[i] - nanos, last);
      largest[i] = max(i, last);
    }
  }

  private boolean fits(int i, long nanos) {
    return deadlines[i] - releases[i] >= nanos;
  }

  private void count(long nanos) {
    int n = releases.length;
    int ended = 0;
    int open = 0;
    for (int i = 0, j = 0; i < n; i = j) {
      for (; j < n && releases[j] == releases[i]; j++) {
        open += fits(j, nanos) ? 1 : 0;
      }
      for (; ended < n && deadlines[byDeadline[ended]] - nanos < releases[i]; ended++) {
        open -= fits(byDeadline[ended], nanos) ? 1 : 0;
      }
      Arrays.fill(atRelease, i, j, open);
    }
  }

  /** Returns the last index released by a time, searching from a guess that is often near. */
  private int lastReleaseBy(long time, int guess) {
    int at = guess;
    int step = 1;
    while (at + step < releases.length && releases[at + step] <= time) {
      at += step;
      step <<= 1;
    }
    if (releases[at] > time) {
      at = 0;
      step = Integer.highestOneBit(releases.length);
    }
    for (; step > 0; step >>= 1) {
      if (at + step < releases.length && releases[at + step] <= time) {
        at += step;
      }
    }
    return at;
  }

  private int max(int from, int to) {
    int level = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(to - from + 1);
    return Math.max(blocks[level][from], blocks[level][to - (1 << level) + 1]);
  }
}
