package io.waip.replay.limit;

import io.waip.api.cost.LatencyModel;
import java.util.stream.IntStream;

/**
 * Least device time a request can cost in any schedule that answers it in time.
 *
 * <p>A batch of {@code b} requests that holds request {@code i} lasts {@code C >= c(b, L_i)}, since
 * the cost does not fall with the longest length; an equal share of it is {@code C/b}. So the work
 * is at least {@code w_i = min c(v, b, L_i)/b} over the variants {@code v} it may use and the batch
 * sizes {@code b} that could form: those for which some start {@code s} in {@code [r_i, d_i - c]}
 * sees {@code b} requests {@code j} with {@code r_j <= s} and {@code d_j >= s + c}.
 *
 * <p>Counts are taken on a grid of durations, rounded down, which can only raise them and so lower
 * the work: the bound stays one.
 */
final class WorkBound {
  private static final int GRID = 96;

  private final long[] release;
  private final long[] deadline;
  private final double[] gridNanos;
  private final int[][] mostTogether;

  /**
   * Counts how many requests could run together.
   *
   * @param release arrival of each request of one service, ascending, nanoseconds
   * @param deadline absolute, nanoseconds, never before the release
   */
  WorkBound(long[] release, long[] deadline, double shortestNanos) {
    this.release = release;
    this.deadline = deadline;
    long longest = 1;
    for (int i = 0; i < release.length; i++) {
      longest = Math.max(longest, deadline[i] - release[i]);
    }
    gridNanos = grid(shortestNanos, Math.max(longest, shortestNanos + 1));
    mostTogether = new int[GRID][];
    for (int g = 0; g < GRID; g++) {
      mostTogether[g] = countTogether(gridNanos[g]);
    }
  }

  /**
   * Returns durations in geometric steps from 0 and the shortest batch up to the longest window.
   */
  private static double[] grid(double shortest, double longest) {
    double[] grid = new double[GRID];
    double step = Math.pow(longest / shortest, 1.0 / (GRID - 2));
    for (int g = 1; g < GRID; g++) {
      grid[g] = shortest * Math.pow(step, g - 1.0);
    }
    return grid;
  }

  private int gridBelow(double nanos) {
    int low = 0;
    int high = GRID - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (gridNanos[middle] <= nanos) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * For each request, the most requests that could share a batch of this duration with it. Requests
   * whose window is shorter can be in no such batch; of the others, one that is due before the end
   * was released before the start, so two running counts suffice.
   */
  private int[] countTogether(double nanos) {
    int n = release.length;
    long[] due =
        IntStream.range(0, n)
            .filter(j -> deadline[j] - release[j] >= nanos)
            .mapToLong(j -> deadline[j])
            .sorted()
            .toArray();
    double[] negativeCount = new double[n];
    int released = 0;
    int expired = 0;
    int next = 0;
    for (int j = 0; j < n; j++) {
      while (next < n && release[next] <= release[j]) {
        released += deadline[next] - release[next] >= nanos ? 1 : 0;
        next++;
      }
      while (expired < due.length && due[expired] < release[j] + nanos) {
        expired++;
      }
      negativeCount[j] = expired - released;
    }
    RangeMinimumTree tree = new RangeMinimumTree(negativeCount);
    int[] most = new int[n];
    for (int i = 0; i < n; i++) {
      int last = lastReleaseAtMost(deadline[i] - nanos);
      most[i] = last < i ? 1 : Math.max(1, (int) -tree.min(i, last + 1));
    }
    return most;
  }

  private int lastReleaseAtMost(double time) {
    int low = -1;
    int high = release.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (release[middle] <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Returns the least work of a request on one variant, nanoseconds.
   *
   * @return infinite if the variant cannot answer it in time at all
   */
  double nanos(int request, LatencyModel model, int variant, int maxBatch, int length) {
    double least = Double.POSITIVE_INFINITY;
    long window = deadline[request] - release[request];
    for (int b = 1; b <= maxBatch; b++) {
      long cost = model.medianNanos(variant, b, length);
      if (cost > window) {
        break;
      }
      if (b == 1 || mostTogether[gridBelow(cost)][request] >= b) {
        least = Math.min(least, (double) cost / b);
      }
    }
    return least;
  }
}
