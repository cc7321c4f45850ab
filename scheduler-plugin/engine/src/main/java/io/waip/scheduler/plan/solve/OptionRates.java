package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlacementOption.Bucket;
import io.waip.scheduler.plan.LengthBuckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a gang serves of requests of known lengths within a latency bound.
 *
 * <p>Lengths are padded to bucket edges, and a batch holds requests of one bucket. A request waits
 * at most for the batch before its own, of which {@code m} gangs start one in turn: the cap of a
 * bucket of padded length {@code L} is {@code max b: (1 + 1/m) c_q(b, L) <= D} (Symphony, arXiv
 * 2308.07470; with {@code m = 1} the rule of Nexus, SOSP 2019). A request of the bucket then takes
 * {@code c(b, L) / b} of a gang's time, and a gang serves one over the mean of that.
 *
 * @param buckets edges with their batch caps, ascending
 * @param maxBatch largest of the caps
 * @param batchNanos planning quantile of the longest full batch of all buckets
 * @param servedPerSecond requests per second of a gang's time
 */
public record OptionRates(
    List<Bucket> buckets, int maxBatch, long batchNanos, double servedPerSecond) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Copies the list. */
  public OptionRates {
    buckets = List.copyOf(buckets);
  }

  /**
   * How an option may batch.
   *
   * @param latencyNanos bound from arrival to answer, {@code > 0}; {@link Long#MAX_VALUE} for none
   * @param sharers gangs that take from the same queue, {@code >= 1}
   * @param maxBatch largest batch that the variant runs, {@code >= 1}
   * @param buckets most bucket edges, {@code >= 1}
   * @param step edges are multiples of it, {@code >= 1}
   */
  public record Batching(long latencyNanos, int sharers, int maxBatch, int buckets, int step) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Batching {
      if (latencyNanos < 1 || sharers < 1 || maxBatch < 1 || buckets < 1 || step < 1) {
        throw new IllegalArgumentException(
            "latency, sharers, max batch, buckets and step must be >= 1, are %d, %d, %d, %d, %d"
                .formatted(latencyNanos, sharers, maxBatch, buckets, step));
      }
    }
  }

  /**
   * Returns what a gang serves.
   *
   * @param bound time of a batch at the planning quantile
   * @param usual time of a batch in the mean
   * @param lengths one for each request seen, at least one, each {@code >= 1}
   * @return empty where a time is unknown, or a bucket does not fit the latency bound alone
   * @throws IllegalArgumentException if there is no length or one is below 1
   */
  public static Optional<OptionRates> of(
      BatchTime bound, BatchTime usual, int[] lengths, Batching batching) {
    List<Integer> edges = LengthBuckets.of(lengths, batching.buckets, batching.step).edges();
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    List<Bucket> buckets = new ArrayList<>();
    double meanNanos = 0;
    double longest = 0;
    int done = 0;
    for (int edge : edges) {
      int cap = cap(bound, edge, batching);
      OptionalDouble time = cap > 0 ? usual.nanos(cap, edge) : OptionalDouble.empty();
      if (time.isEmpty()) {
        return Optional.empty();
      }
      int before = done;
      while (done < sorted.length && sorted[done] <= edge) {
        done++;
      }
      meanNanos += (done - before) / (double) sorted.length * time.getAsDouble() / cap;
      longest = Math.max(longest, bound.nanos(cap, edge).orElseThrow());
      buckets.add(new Bucket(edge, cap));
    }
    int largest = buckets.stream().mapToInt(Bucket::maxBatch).max().orElseThrow();
    return Optional.of(
        new OptionRates(buckets, largest, (long) Math.ceil(longest), NANOS_PER_SECOND / meanNanos));
  }

  /** Returns the largest batch in time, 0 for none; batch times need not be monotone. */
  private static int cap(BatchTime bound, int edge, Batching batching) {
    for (int batch = batching.maxBatch; batch > 0; batch--) {
      OptionalDouble nanos = bound.nanos(batch, edge);
      double worst = (1 + 1.0 / batching.sharers) * nanos.orElse(Double.POSITIVE_INFINITY);
      if (worst <= batching.latencyNanos) {
        return batch;
      }
    }
    return 0;
  }
}
