package io.waip.replay;

import io.waip.api.Outcome;
import io.waip.replay.drive.RunLog;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which requests of a run count as goodput, in all and by group. */
final class Attainment {
  private static final int FIFTHS = 5;

  private final Workload workload;
  private final RunLog log;
  private final boolean[] good;

  Attainment(Workload workload, RunLog log) {
    this.workload = workload;
    this.log = log;
    good = new boolean[workload.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] =
          log.outcome(i) == Outcome.COMPLETED
              && log.endNanos(i) <= workload.goodputDeadlineNanos(i);
    }
  }

  /** Returns how many requests count. */
  int requests() {
    return (int) IntStream.range(0, good.length).filter(i -> good[i]).count();
  }

  Map<String, Double> byTier() {
    return by(i -> workload.tier(i).name().toLowerCase(Locale.ROOT));
  }

  Map<String, Double> byTenant(List<String> names) {
    return by(i -> names.get(workload.tenant(i)));
  }

  private Map<String, Double> by(IntFunction<String> group) {
    Map<String, int[]> counts = new TreeMap<>();
    for (int i = 0; i < good.length; i++) {
      int[] count = counts.computeIfAbsent(group.apply(i), name -> new int[2]);
      count[0] += good[i] ? 1 : 0;
      count[1]++;
    }
    Map<String, Double> shares = new TreeMap<>();
    counts.forEach((name, count) -> shares.put(name, (double) count[0] / count[1]));
    return shares;
  }

  /**
   * Returns the share of each fifth of the requests, ordered by length, then by arrival; nothing
   * where all lengths are equal.
   */
  List<Double> byLengthFifth() {
    long[] order = new long[good.length];
    Arrays.setAll(order, i -> (long) workload.length(i) << Integer.SIZE | i);
    Arrays.sort(order);
    List<Double> shares = new ArrayList<>();
    if (order[0] >>> Integer.SIZE == order[order.length - 1] >>> Integer.SIZE) {
      return shares;
    }
    for (int fifth = 0; fifth < FIFTHS; fifth++) {
      int from = (int) ((long) order.length * fifth / FIFTHS);
      int to = (int) ((long) order.length * (fifth + 1) / FIFTHS);
      long count = Arrays.stream(order, from, to).filter(key -> good[(int) key]).count();
      shares.add(to == from ? 1.0 : (double) count / (to - from));
    }
    return shares;
  }

  /** Returns latencies of answered requests, ascending, nanoseconds. */
  long[] latencies() {
    return IntStream.range(0, good.length)
        .filter(i -> log.outcome(i) == Outcome.COMPLETED || log.outcome(i) == Outcome.LATE)
        .mapToLong(i -> log.endNanos(i) - workload.arrivalNanos(i))
        .sorted()
        .toArray();
  }

  /** Returns a percentile by nearest rank in milliseconds, or null of nothing. */
  static @Nullable Double percentileMs(long[] ascending, double percent) {
    if (ascending.length == 0) {
      return null;
    }
    int rank = (int) Math.ceil(percent / 100 * ascending.length);
    return ascending[Math.max(1, rank) - 1] / 1e6;
  }
}
