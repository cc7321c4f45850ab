package io.waip.replay.limit;

/**
 * How many requests could be in one batch of a given duration with each request.
 *
 * <p>A batch of duration c that starts at s lies in the window of request j if {@code r_j <= s <=
 * d_j - c}. With {@code N(s)} the number of such j, no batch with request i has more than {@code
 * max N(s)} members, s over {@code [r_i, d_i - c]}. N rises at releases only, so its largest value
 * is taken at one.
 *
 * <p>Releases ascend. Not safe for several threads: {@link #at} reuses its arrays.
 */
final class Companions {
  private final long[] releases;
  private final long[] deadlines;
  private final int[] byDeadline;
  private final RangeMax atRelease;
  private long nanos;
  private int last;

  Companions(long[] releases, long[] deadlines) {
    this.releases = releases;
    this.deadlines = deadlines;
    byDeadline = AscendingOrder.of(deadlines);
    atRelease = new RangeMax(releases.length);
  }

  /**
   * Sets the duration of a batch, O(n).
   *
   * @param durationNanos rounded down to whole nanoseconds by the caller, which only raises the
   *     counts
   */
  void at(long durationNanos) {
    nanos = durationNanos;
    int ended = 0;
    int open = 0;
    int counted = 0;
    for (int i = 0; i < releases.length; i++) {
      open += fits(i) ? 1 : 0;
      if (isLastOfRelease(i)) {
        while (ended < releases.length && lastStart(byDeadline[ended]) < releases[i]) {
          open -= fits(byDeadline[ended++]) ? 1 : 0;
        }
        while (counted <= i) {
          atRelease.set(counted++, open);
        }
      }
    }
    atRelease.index();
  }

  private boolean isLastOfRelease(int i) {
    return i + 1 == releases.length || releases[i + 1] > releases[i];
  }

  private long lastStart(int i) {
    return deadlines[i] - nanos;
  }

  private boolean fits(int i) {
    return lastStart(i) >= releases[i];
  }

  /**
   * Returns the largest batch of a request, 0 where its window is shorter than the duration; O(log
   * n), and less where the requests asked for ascend.
   */
  int largest(int i) {
    if (!fits(i)) {
      return 0;
    }
    last = lastReleaseBy(lastStart(i), last);
    return atRelease.max(i, last);
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
}
