package io.waip.replay.limit;

import io.waip.api.RequestDescriptor;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import io.waip.replay.drive.RequestSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An upper bound on the requests any scheduler, clairvoyant or not, can answer in time.
 *
 * <p><b>Relaxation.</b> Let {@code w_i} be the least work of request {@code i} ({@link WorkBound}).
 * Take any schedule and delete late members; batches only get shorter. Each batch lies inside the
 * window of each member, and an equal share of it is at least {@code w_i}. So {@code max sum
 * y_i/w_i} with {@code 0 <= y_i <= w_i} and {@code y} executable preemptively inside the windows
 * {@code [r_i, d_i]} on {@code m} workers is at least the schedule's count. A family {@code y} is
 * executable exactly if for every interval {@code [a, b]} the windows inside it hold at most {@code
 * m(b - a)}.
 *
 * <p><b>Solution.</b> The executable families form a polymatroid, so granting in order of rising
 * {@code w_i} as much as fits is optimal (Edmonds, "Submodular functions, matroids and certain
 * polyhedra", 1970). Requests with a deadline are made agreeable by widening: a deadline is raised
 * to the latest one of an earlier arrival. Requests without one end at the horizon, which is raised
 * to the latest deadline. Then the intervals that matter are {@code [r_i, d_k]} over the first kind
 * and {@code [r_q, horizon]} over all, and the slack of a request is found by three segment trees:
 * O(n log n). Widening a window can only raise the bound.
 *
 * <p>The relaxation and the exactness of the greedy are checked in the tests against exhaustive
 * search and a quadratic version.
 */
public final class GoodputLimit {
  private final int workers;
  private final long[] release;
  private final long[] deadline;
  private final boolean[] bound;
  private final double[] work;
  private final long horizonNanos;

  private GoodputLimit(
      RequestSource source, Deployment deployment, LatencyModel model, long horizon) {
    workers = deployment.endpoints().stream().mapToInt(e -> e.maxInFlight()).sum();
    int n = source.size();
    release = new long[n];
    deadline = new long[n];
    bound = new boolean[n];
    work = new double[n];
    int[] length = new int[n];
    int[] service = new int[n];
    double[] floor = new double[n];
    RequestDescriptor request = new RequestDescriptor();
    for (int i = 0; i < n; i++) {
      source.describe(i, request);
      release[i] = request.arrivalNanos();
      bound[i] = request.deadlineNanos() != RequestDescriptor.NO_DEADLINE;
      deadline[i] = Math.max(release[i], bound[i] ? request.deadlineNanos() : horizon);
      length[i] = request.length();
      service[i] = request.service();
      floor[i] = request.qualityFloor();
    }
    for (int s = 0; s < deployment.services().size(); s++) {
      new ServiceWork(deployment, model, s).fill(service, length, floor);
    }
    horizonNanos = widen();
  }

  /** Fills {@link #work} for the requests of one service. */
  private final class ServiceWork {
    private final LatencyModel model;
    private final Service service;
    private final int index;
    private final int firstVariant;

    ServiceWork(Deployment deployment, LatencyModel model, int index) {
      this.model = model;
      this.index = index;
      service = deployment.services().get(index);
      firstVariant = deployment.firstVariant(index);
    }

    void fill(int[] serviceOf, int[] length, double[] floor) {
      int[] mine =
          IntStream.range(0, serviceOf.length).filter(i -> serviceOf[i] == index).toArray();
      if (mine.length == 0) {
        return;
      }
      WorkBound bounds =
          new WorkBound(
              Arrays.stream(mine).mapToLong(i -> release[i]).toArray(),
              Arrays.stream(mine).mapToLong(i -> deadline[i]).toArray(),
              shortestNanos());
      for (int j = 0; j < mine.length; j++) {
        int i = mine[j];
        work[i] = leastWork(bounds, j, length[i], floor[i]);
      }
    }

    private double shortestNanos() {
      return IntStream.range(0, service.variants().size())
          .mapToDouble(v -> model.medianNanos(firstVariant + v, 1, 1))
          .min()
          .orElseThrow();
    }

    private double leastWork(WorkBound bounds, int request, int length, double requestFloor) {
      double least = Double.POSITIVE_INFINITY;
      double floor = Math.max(requestFloor, service.objective().qualityFloor());
      for (int v = 0; v < service.variants().size(); v++) {
        Variant variant = service.variants().get(v);
        if (variant.quality() >= floor && length <= variant.maxLength()) {
          double nanos = bounds.nanos(request, model, firstVariant + v, variant.maxBatch(), length);
          least = Math.min(least, nanos);
        }
      }
      return least;
    }
  }

  private long widen() {
    long latest = 0;
    for (int i = 0; i < release.length; i++) {
      if (bound[i]) {
        latest = Math.max(latest, deadline[i]);
        deadline[i] = latest;
      }
    }
    for (int i = 0; i < release.length; i++) {
      latest = Math.max(latest, deadline[i]);
    }
    return latest;
  }

  /**
   * Returns the bound.
   *
   * @param source requests by rising arrival time
   * @param deployment services, variants with their limits, and endpoints; an endpoint counts as
   *     many workers as batches it holds, and all run every variant
   * @param model median times, non-decreasing in batch and length
   * @param horizonNanos when requests without a deadline must have ended to count
   * @return requests answered in time, {@code [0, size]}
   */
  public static double requests(
      RequestSource source, Deployment deployment, LatencyModel model, long horizonNanos) {
    return new GoodputLimit(source, deployment, model, horizonNanos).solve();
  }

  private double solve() {
    int n = release.length;
    int[] agreeable = IntStream.range(0, n).filter(i -> bound[i]).toArray();
    int[] rank = new int[n];
    for (int k = 0; k < agreeable.length; k++) {
      rank[agreeable[k]] = k;
    }
    RangeMinimumTree ends = tree(agreeable.length, k -> (double) workers * deadline[agreeable[k]]);
    RangeMinimumTree starts =
        tree(agreeable.length, k -> -(double) workers * release[agreeable[k]]);
    RangeMinimumTree suffixes = tree(n, i -> (double) workers * (horizonNanos - release[i]));
    double count = 0;
    for (int i : byRisingWork()) {
      double slack = suffixes.min(0, i + 1);
      if (bound[i]) {
        slack = Math.min(slack, ends.min(rank[i], agreeable.length) + starts.min(0, rank[i] + 1));
      }
      double granted = Math.min(work[i], Math.max(0, slack));
      count += granted / work[i];
      suffixes.add(0, i + 1, -granted);
      if (bound[i]) {
        ends.add(rank[i], agreeable.length, -granted);
        starts.add(rank[i] + 1, agreeable.length, granted);
      }
    }
    return count;
  }

  private static RangeMinimumTree tree(int size, IntToDoubleFunction value) {
    return new RangeMinimumTree(IntStream.range(0, size).mapToDouble(value).toArray());
  }

  private int[] byRisingWork() {
    return IntStream.range(0, work.length)
        .filter(i -> work[i] < Double.POSITIVE_INFINITY)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> work[i]))
        .mapToInt(i -> i)
        .toArray();
  }
}
