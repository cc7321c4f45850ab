package io.waip.replay.limit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Worker time of a device class: how many of its workers are up at each moment.
 *
 * <p>It is read as a clock that runs while workers do, as fast as there are workers. By that clock
 * every class is one worker that is always up, and windows stay intervals in the same order.
 * Immutable.
 */
final class Supply {
  private final double workers;
  private final long[] edges;
  private final double[] lostAtEdge;
  private final double[] downAfterEdge;

  private Supply(double workers, long[] edges, double[] downAfterEdge) {
    this.workers = workers;
    this.edges = edges;
    this.downAfterEdge = downAfterEdge;
    lostAtEdge = new double[edges.length];
    for (int e = 1; e < edges.length; e++) {
      lostAtEdge[e] = lostAtEdge[e - 1] + downAfterEdge[e - 1] * (edges[e] - edges[e - 1]);
    }
  }

  /** Workers that are never down. */
  static Supply of(double workers) {
    return new Supply(workers, new long[0], new double[0]);
  }

  static Supply of(int workers, List<Outage> outages) {
    long[] edges =
        outages.stream()
            .flatMapToLong(o -> LongStream.of(o.fromNanos(), o.untilNanos()))
            .sorted()
            .distinct()
            .toArray();
    double[] down = new double[edges.length];
    for (Outage outage : outages) {
      int until = Arrays.binarySearch(edges, outage.untilNanos());
      for (int e = Arrays.binarySearch(edges, outage.fromNanos()); e < until; e++) {
        down[e] += outage.workers();
      }
    }
    return new Supply(workers, edges, down);
  }

  /** Returns this and another together, the other's time counting by a factor. */
  Supply plus(Supply other, double factor) {
    long[] all =
        LongStream.concat(Arrays.stream(edges), Arrays.stream(other.edges))
            .sorted()
            .distinct()
            .toArray();
    double[] down = new double[all.length];
    Arrays.setAll(down, e -> downAt(all[e]) + factor * other.downAt(all[e]));
    return new Supply(workers + factor * other.workers, all, down);
  }

  /** Returns the workers while none is down. */
  double workers() {
    return workers;
  }

  /** Returns the moments at which the number of workers changes, ascending. */
  long[] edges() {
    return edges;
  }

  private double downAt(long nanos) {
    int e = lastEdge(nanos);
    return e < 0 ? 0 : downAfterEdge[e];
  }

  private int lastEdge(long nanos) {
    int found = Arrays.binarySearch(edges, nanos);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns the worker time from one moment to another, {@code >= 0} where they ascend. */
  double between(long fromNanos, long untilNanos) {
    return workers * (untilNanos - fromNanos) - (lost(untilNanos) - lost(fromNanos));
  }

  private double lost(long nanos) {
    int e = lastEdge(nanos);
    return e < 0 ? 0 : lostAtEdge[e] + downAfterEdge[e] * (nanos - edges[e]);
  }
}
