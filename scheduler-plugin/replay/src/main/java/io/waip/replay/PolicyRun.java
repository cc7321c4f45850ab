package io.waip.replay;

import io.waip.api.Outcome;
import io.waip.replay.drive.RunLog;
import io.waip.replay.policy.Policy;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a policy made of a workload.
 *
 * @param log how each request of the workload ended
 * @param waste worker time that served nobody
 * @param serviceNanos worker time of each tenant's requests, nanoseconds: parts of the batches that
 *     started inside the window
 */
public record PolicyRun(
    Policy policy, Workload workload, RunLog log, Waste waste, List<Double> serviceNanos) {
  private static final int FIFTHS = 5;

  /** Copies the list. */
  public PolicyRun {
    serviceNanos = List.copyOf(serviceNanos);
  }

  /**
   * Says whether request {@code i} counts: completed within its deadline, or within the window
   * where it has none.
   */
  public boolean isGood(int i) {
    return log.outcome(i) == Outcome.COMPLETED
        && log.endNanos(i) <= workload.goodputDeadlineNanos(i);
  }

  /** Returns the requests that count, per second of the window. */
  public double goodputPerSecond() {
    return goodputPerSecond(i -> true);
  }

  /** Returns those of some requests that count, per second of the window. */
  public double goodputPerSecond(IntPredicate isMeant) {
    return IntStream.range(0, workload.size()).filter(isMeant).filter(this::isGood).count()
        * 1e9
        / workload.windowNanos();
  }

  /** Returns the share of all requests that count, {@code [0, 1]}. */
  public double attainment() {
    return attainment(i -> true).orElseThrow();
  }

  /**
   * Returns the share of some requests that count, {@code [0, 1]}.
   *
   * @return empty where none are meant
   */
  public OptionalDouble attainment(IntPredicate isMeant) {
    return IntStream.range(0, workload.size())
        .filter(isMeant)
        .mapToDouble(i -> isGood(i) ? 1 : 0)
        .average();
  }

  /**
   * Returns {@link #attainment} of each fifth of the requests, from the shortest to the longest;
   * requests of one length by arrival.
   *
   * @return five shares, NaN where a fifth is empty; none where all lengths are equal
   */
  public List<Double> attainmentByLengthFifth() {
    if (!workload.hasUnequalLengths()) {
      return List.of();
    }
    int n = workload.size();
    long[] order = new long[n];
    Arrays.setAll(order, i -> (long) workload.length(i) << Integer.SIZE | i);
    Arrays.sort(order);
    return IntStream.range(0, FIFTHS)
        .mapToObj(fifth ->
            Arrays.stream(order, n * fifth / FIFTHS, n * (fifth + 1) / FIFTHS)
                .mapToInt(key -> isGood((int) key) ? 1 : 0)
                .average()
                .orElse(Double.NaN))
        .toList();
  }

  /** Returns how many requests ended so. */
  public long count(Outcome outcome) {
    return log.count(outcome);
  }

  /** Returns the mean worker time of a request that ran, nanoseconds, or empty where none did. */
  OptionalDouble nanosPerRequest() {
    long ran = IntStream.range(0, workload.size()).filter(i -> log.variant(i) >= 0).count();
    return ran == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) log.busyNanos() / ran);
  }

  /** Returns requests per batch, {@code >= 1}, or empty where no batch ran. */
  public OptionalDouble meanBatch() {
    long ran = IntStream.range(0, workload.size()).filter(i -> log.variant(i) >= 0).count();
    return log.batches() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) ran / log.batches());
  }

  /**
   * Returns a percentile of the time from intended arrival to answer, in time or late, by the
   * nearest-rank method.
   *
   * @param percentile {@code (0, 100]}
   * @return milliseconds, or empty where nothing was answered
   */
  public OptionalDouble latencyMillis(double percentile) {
    return latencies().millis(percentile);
  }

  /** Returns the times from intended arrival to answer of all requests. */
  public LatencyDistribution latencies() {
    return LatencyDistribution.of(this);
  }
}
