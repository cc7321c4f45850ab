package io.waip.replay.judge;

import io.waip.api.plan.PlacementOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.collections.LongArrayList;

/** Counts what became of requests over all cells. Single thread. */
final class JudgeTally {
  private static final double NANOS_PER_MILLI = 1e6;

  private final JudgedWindow window;
  private final long[] offered;
  private final long[] good;
  private final List<LongArrayList> latencies = new ArrayList<>();
  private final List<SortedMap<String, Long>> byVariant = new ArrayList<>();
  private final double[] quality;
  private final SortedMap<String, Double> busyNanos = new TreeMap<>();

  JudgeTally(JudgedWindow window) {
    this.window = window;
    int services = window.services().size();
    offered = new long[services];
    good = new long[services];
    quality = new double[services];
    for (int s = 0; s < services; s++) {
      latencies.add(new LongArrayList());
      byVariant.add(new TreeMap<>());
    }
  }

  void offered(int service) {
    offered[service]++;
  }

  void good(int service) {
    good[service]++;
  }

  void answered(int service, long nanos, PlacementOption option) {
    latencies.get(service).addLong(nanos);
    byVariant.get(service).merge(option.variant(), 1L, Long::sum);
    quality[service] += option.quality().isKnown() ? option.quality().value() : Double.NaN;
  }

  /** Takes note of device time inside the window. */
  void busy(PlacementOption option, long nanos) {
    busyNanos.merge(option.device(), (double) nanos * option.tensorParallelDegree(), Double::sum);
  }

  List<JudgedService> services() {
    List<JudgedService> judged = new ArrayList<>();
    for (int s = 0; s < offered.length; s++) {
      judged.add(service(s));
    }
    return judged;
  }

  private JudgedService service(int s) {
    double seconds = window.workload().windowNanos() / 1e9;
    long[] sorted = latencies.get(s).toLongArray();
    Arrays.sort(sorted);
    SortedMap<String, Double> shares = new TreeMap<>();
    for (Map.Entry<String, Long> variant : byVariant.get(s).entrySet()) {
      shares.put(variant.getKey(), (double) variant.getValue() / sorted.length);
    }
    return new JudgedService(
        window.services().get(s).name(),
        offered[s] / seconds,
        good[s] / seconds,
        offered[s] == 0 ? 1 : (double) good[s] / offered[s],
        new JudgedService.Answers(
            percentile(sorted, 50),
            percentile(sorted, 99),
            shares,
            sorted.length == 0 ? Double.NaN : quality[s] / sorted.length));
  }

  /** By the nearest-rank method, milliseconds; NaN where nothing was answered. */
  private static double percentile(long[] sorted, double percent) {
    int rank = (int) Math.ceil(sorted.length * percent / 100);
    return sorted.length == 0 ? Double.NaN : sorted[rank - 1] / NANOS_PER_MILLI;
  }

  /** Returns the mean number of devices of each kind that executed. */
  SortedMap<String, Double> busyDevices() {
    SortedMap<String, Double> busy = new TreeMap<>();
    busyNanos.forEach((device, nanos) -> busy.put(device, nanos / window.workload().windowNanos()));
    return busy;
  }
}
