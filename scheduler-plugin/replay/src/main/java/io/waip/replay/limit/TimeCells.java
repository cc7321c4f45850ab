package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Time cut where requests arrive or expire: at each such moment where they are few, else at every
 * so many of them that a typical window has about {@value #CELLS_OF_A_WINDOW} cells. Immutable.
 */
final class TimeCells {
  private static final int FEW = 128;
  private static final int MOST = 16_384;
  private static final int CELLS_OF_A_WINDOW = 10;

  private final long[] bounds;
  private final boolean exact;

  private TimeCells(long[] bounds, boolean exact) {
    this.bounds = bounds;
    this.exact = exact;
  }

  static TimeCells of(Workload workload, List<ClassWorks> classes) {
    int[] requests =
        IntStream.range(0, workload.size())
            .filter(i -> classes.stream().anyMatch(each -> each.serves(i)))
            .toArray();
    long[] ends =
        LongStream.concat(
                Arrays.stream(requests).mapToLong(workload::arrivalNanos),
                Arrays.stream(requests).mapToLong(workload::goodputDeadlineNanos))
            .sorted()
            .distinct()
            .toArray();
    long[] points =
        LongStream.concat(
                Arrays.stream(ends),
                classes.stream()
                    .flatMapToLong(each -> Arrays.stream(each.supply().edges()))
                    .filter(edge -> edge > ends[0] && edge < ends[ends.length - 1]))
            .sorted()
            .distinct()
            .toArray();
    if (points.length <= FEW) {
      return new TimeCells(points, true);
    }
    int stride = stride(workload, requests, points);
    int cells = (points.length - 1 + stride - 1) / stride;
    long[] bounds = new long[cells + 1];
    Arrays.setAll(bounds, k -> points[Math.min(k * stride, points.length - 1)]);
    return new TimeCells(bounds, false);
  }

  private static int stride(Workload workload, int[] requests, long[] points) {
    int[] inside =
        Arrays.stream(requests)
            .map(i ->
                Arrays.binarySearch(points, workload.goodputDeadlineNanos(i))
                    - Arrays.binarySearch(points, workload.arrivalNanos(i)))
            .sorted()
            .toArray();
    int typical = inside[inside.length / 4] / CELLS_OF_A_WINDOW;
    return Math.max(1, Math.max(typical, points.length / MOST));
  }

  int count() {
    return bounds.length - 1;
  }

  /** Says whether every window is a number of whole cells. */
  boolean isExact() {
    return exact;
  }

  /** Returns where a moment is, counted in cells from the first bound; in {@code [0, count]}. */
  double position(long nanos) {
    if (nanos <= bounds[0] || nanos >= bounds[count()]) {
      return nanos <= bounds[0] ? 0 : count();
    }
    int found = Arrays.binarySearch(bounds, nanos);
    if (found >= 0) {
      return found;
    }
    int cell = -found - 2;
    return cell + (nanos - bounds[cell]) / (double) (bounds[cell + 1] - bounds[cell]);
  }

  /** Returns the worker time of a supply in a cell. */
  double between(Supply supply, int cell) {
    return supply.between(bounds[cell], bounds[cell + 1]);
  }
}
