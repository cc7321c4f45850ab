package io.waip.scheduler.plan;

import java.util.Arrays;
import java.util.List;

/**
 * Cuts ascending lengths into runs, each padded to one edge, so that the excess is least.
 *
 * <p>Only lengths rounded up to the step can be edges of an optimum: any other edge can be lowered
 * to the next of them. With {@code f(k, n)} the least excess of the first {@code n} candidates
 * under {@code k} edges, {@code f(k, n) = min f(k - 1, m) + excess(m, n)}. The excess meets the
 * quadrangle inequality, {@code excess(a, c) + excess(b, d) <= excess(a, d) + excess(b, c)} for
 * {@code a <= b <= c <= d}: the right side is larger by the edge of {@code d} less that of {@code
 * c} for each length between {@code a} and {@code b}. So the best {@code m} never falls as {@code
 * n} grows (Yao, STOC 1980), and each row is filled by halves.
 */
final class EdgeSearch {
  private final int[] edge;
  private final long[] countBefore;
  private final long[] sumBefore;
  private final int candidates;
  private long[] fewer;
  private long[] least;

  /**
   * Sorts the lengths into candidates.
   *
   * @throws IllegalArgumentException if a length is below 1 or the longest rounds up to no int
   */
  EdgeSearch(int[] lengths, int step) {
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    int longest = sorted[sorted.length - 1];
    if (sorted[0] < 1 || rounded(longest, step) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "lengths must be >= 1 and rounded up to %d at most %d, are %d to %d"
              .formatted(step, Integer.MAX_VALUE, sorted[0], longest));
    }
    edge = Arrays.stream(sorted).map(length -> (int) rounded(length, step)).distinct().toArray();
    candidates = edge.length;
    countBefore = new long[candidates + 1];
    sumBefore = new long[candidates + 1];
    fewer = new long[candidates + 1];
    least = new long[candidates + 1];
    count(sorted);
  }

  private static long rounded(int length, int step) {
    return (long) Math.ceilDiv(length, step) * step;
  }

  private void count(int[] sorted) {
    int candidate = 0;
    long sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      while (sorted[i] > edge[candidate]) {
        candidate++;
      }
      sum += sorted[i];
      countBefore[candidate + 1] = i + 1L;
      sumBefore[candidate + 1] = sum;
    }
  }

  /** Returns the best edges, at most {@code count} of them. */
  LengthBuckets best(int count) {
    int rows = Math.min(count, candidates);
    int[][] firstOfLast = new int[rows + 1][candidates + 1];
    for (int n = 1; n <= candidates; n++) {
      least[n] = excess(0, n);
    }
    for (int k = 2; k <= rows; k++) {
      long[] held = fewer;
      fewer = least;
      least = held;
      fill(firstOfLast[k], k, candidates, k - 1, candidates - 1);
    }
    return new LengthBuckets(edges(firstOfLast, rows), least[candidates]);
  }

  private List<Integer> edges(int[][] firstOfLast, int rows) {
    int[] edges = new int[rows];
    int end = candidates;
    for (int k = rows; k >= 1; k--) {
      edges[k - 1] = edge[end - 1];
      end = firstOfLast[k][end];
    }
    return Arrays.stream(edges).boxed().toList();
  }

  /** Fills a row from {@code low} to {@code high}, whose best cuts lie in {@code [first, last]}. */
  private void fill(int[] cut, int low, int high, int first, int last) {
    if (low > high) {
      return;
    }
    int n = (low + high) >>> 1;
    least[n] = Long.MAX_VALUE;
    for (int m = first; m <= Math.min(last, n - 1); m++) {
      long sum = fewer[m] + excess(m, n);
      if (sum < least[n]) {
        least[n] = sum;
        cut[n] = m;
      }
    }
    fill(cut, low, n - 1, first, cut[n]);
    fill(cut, n + 1, high, cut[n], last);
  }

  /** Returns the excess of the candidates {@code [from, to)} padded to the last of them. */
  private long excess(int from, int to) {
    long padded = edge[to - 1] * (countBefore[to] - countBefore[from]);
    return padded - (sumBefore[to] - sumBefore[from]);
  }
}
