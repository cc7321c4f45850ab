package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The least worker time each request costs in any schedule in which it is served in time, on one
 * class of devices and with requests of its own service alone.
 *
 * <p>{@code w_i = min over variants v and batch sizes b of ĉ(v, b, L_i) / b}, over those b for
 * which {@link Companions} finds a moment at which b requests, i among them, could all be running
 * for {@code ĉ(v, b, L_i)} within their windows. {@code ĉ} is {@link CostEnvelope}.
 *
 * <p><b>Why it is a bound.</b> Let request i be served in time in a batch on variant v, and let b
 * count the members served in time. The batch takes {@code C >= ĉ(v, b, L_i)}: it has at least b
 * members and is padded to at least L_i. It lies in the windows of all b, so it witnesses the
 * condition. An equal share of it is {@code C / b >= ĉ(v, b, L_i) / b >= w_i}.
 *
 * <p>Durations are rounded down to at most {@value #MAX_DURATIONS} values for the condition alone,
 * which can only admit more b and lower w; the quotient is exact.
 */
final class WorkBound {
  static final int MAX_DURATIONS = 160;

  private record Choice(int batch, double work) {}

  private final Workload workload;
  private final CostEnvelope cost;
  private final double[] durations;
  private final double[] work;

  private WorkBound(Workload workload, CostEnvelope cost) {
    this.workload = workload;
    this.cost = cost;
    durations = durations(cost.distinctNanos());
    work = new double[workload.size()];
    Arrays.fill(work, Double.POSITIVE_INFINITY);
  }

  /**
   * Computes the bound for every request, O(n (log n + variants * batch sizes)) for each duration.
   *
   * @return nanoseconds of one worker; infinite where no schedule serves the request in time
   */
  static double[] nanos(Workload workload, CostEnvelope cost) {
    WorkBound bound = new WorkBound(workload, cost);
    bound.compute();
    return bound.work;
  }

  private static double[] durations(double[] distinct) {
    if (distinct.length <= MAX_DURATIONS) {
      return distinct;
    }
    double least = distinct[0];
    double ratio = distinct[distinct.length - 1] / least;
    double[] grid = new double[MAX_DURATIONS];
    Arrays.setAll(grid, k -> least * Math.pow(ratio, (double) k / MAX_DURATIONS));
    return grid;
  }

  /** Begins with the longest durations: large batches cost least, and settle most requests. */
  private void compute() {
    int n = workload.size();
    long[] releases = new long[n];
    long[] deadlines = new long[n];
    int[] lengthIndex = new int[n];
    long longestWindow = 0;
    for (int i = 0; i < n; i++) {
      releases[i] = workload.arrivalNanos(i);
      deadlines[i] = workload.goodputDeadlineNanos(i);
      lengthIndex[i] = cost.lengthIndex(workload.length(i));
      longestWindow = Math.max(longestWindow, deadlines[i] - releases[i]);
    }
    Companions companions = new Companions(releases, deadlines);
    List<List<List<Choice>>> choices = choices();
    for (int k = durations.length - 1; k >= 0; k--) {
      long nanos = (long) durations[k];
      if (nanos <= longestWindow) {
        companions.at(nanos);
        List<List<Choice>> ofLength = choices.get(k);
        for (int i = 0; i < n; i++) {
          lower(i, ofLength.get(lengthIndex[i]), companions);
        }
      }
    }
  }

  private void lower(int i, List<Choice> cheapestFirst, Companions companions) {
    if (cheapestFirst.isEmpty() || cheapestFirst.getFirst().work() >= work[i]) {
      return;
    }
    int largest = companions.largest(i);
    for (int c = 0; c < cheapestFirst.size(); c++) {
      Choice choice = cheapestFirst.get(c);
      if (choice.batch() <= largest) {
        work[i] = Math.min(work[i], choice.work());
        return;
      }
    }
  }

  /** Returns the choices of each duration and length, the cheapest first. */
  private List<List<List<Choice>>> choices() {
    List<List<List<Choice>>> all = new ArrayList<>();
    for (int k = 0; k < durations.length; k++) {
      List<List<Choice>> ofDuration = new ArrayList<>();
      for (int l = 0; l < cost.lengthCount(); l++) {
        ofDuration.add(new ArrayList<>());
      }
      all.add(ofDuration);
    }
    for (int v = 0; v < cost.service().variants(); v++) {
      for (int b = 1; b <= cost.service().maxBatch(); b++) {
        for (int l = 0; l < cost.lengthCount(); l++) {
          add(all, cost.nanos(v, b, l), b, l);
        }
      }
    }
    all.forEach(of -> of.forEach(each -> each.sort(Comparator.comparingDouble(Choice::work))));
    return all;
  }

  private void add(List<List<List<Choice>>> all, double nanos, int batch, int lengthIndex) {
    if (Double.isFinite(nanos)) {
      int found = Arrays.binarySearch(durations, nanos);
      int k = found >= 0 ? found : Math.max(0, -found - 2);
      all.get(k).get(lengthIndex).add(new Choice(batch, nanos / batch));
    }
  }
}
