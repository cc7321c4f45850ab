package io.waip.api.plan;

import io.waip.api.resource.Figure;
import java.util.Comparator;
import java.util.List;

/**
 * One way to serve a service: a variant on a gang of devices with a batch cap.
 *
 * @param service that it serves
 * @param variant name, not blank
 * @param device supply whose devices it takes
 * @param tensorParallelDegree devices of a gang, {@code >= 1}; a gang runs as one
 * @param threads on each device, {@code >= 1}
 * @param maxBatch cap of its batches, {@code >= 1}
 * @param batchNanos planning quantile of the time of a full batch, {@code >= 1}
 * @param servedPerSecond requests that a gang serves per second of its time, finite, {@code > 0}
 * @param quality lower bound of the quality of its answers, {@code [0, 1]}
 * @param memoryBytes that it takes on each device of a gang, {@code >= 0}
 * @param forbiddenBy name of the rule that forbids it; empty where it is permitted
 * @param buckets lengths that its batches are padded to, ascending; empty for none
 */
public record PlacementOption(
    String service,
    String variant,
    String device,
    int tensorParallelDegree,
    int threads,
    int maxBatch,
    long batchNanos,
    double servedPerSecond,
    Figure quality,
    Figure memoryBytes,
    String forbiddenBy,
    List<Bucket> buckets) {
  /** The order in which options are considered and listed: by all that tells two apart. */
  public static final Comparator<PlacementOption> ORDER =
      Comparator.comparing(PlacementOption::service)
          .thenComparing(PlacementOption::variant)
          .thenComparing(PlacementOption::device)
          .thenComparingInt(PlacementOption::tensorParallelDegree)
          .thenComparingInt(PlacementOption::threads)
          .thenComparingInt(PlacementOption::maxBatch);

  /**
   * A length that batches are padded to.
   *
   * @param edge padded length, elements, {@code >= 1}
   * @param maxBatch cap of batches of this length, {@code >= 1}
   */
  public record Bucket(int edge, int maxBatch) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Bucket {
      if (edge < 1 || maxBatch < 1) {
        throw new IllegalArgumentException(
            "edge and batch cap must be >= 1, are %d and %d".formatted(edge, maxBatch));
      }
    }
  }

  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public PlacementOption {
    buckets = List.copyOf(buckets);
    String name = "option %s/%s on %s".formatted(service, variant, device);
    if (service.isBlank() || variant.isBlank() || device.isBlank()) {
      throw new IllegalArgumentException(name + " must name service, variant and device");
    }
    require(tensorParallelDegree >= 1, name, "degree must be >= 1", tensorParallelDegree);
    require(threads >= 1, name, "threads must be >= 1", threads);
    require(maxBatch >= 1, name, "batch cap must be >= 1", maxBatch);
    require(batchNanos >= 1, name, "batch time must be >= 1 ns", batchNanos);
    require(servedPerSecond > 0, name, "served rate must be finite and > 0", servedPerSecond);
    if (quality.isKnown()) {
      double value = quality.value();
      require(value >= 0 && value <= 1, name, "quality must be in [0, 1]", value);
    }
    if (memoryBytes.isKnown()) {
      require(memoryBytes.value() >= 0, name, "memory must be >= 0", memoryBytes.value());
    }
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      require(bucket.maxBatch <= maxBatch, name, "no bucket exceeds the cap", bucket.maxBatch);
      require(i == 0 || bucket.edge > buckets.get(i - 1).edge, name, "edges ascend", bucket.edge);
    }
  }

  private static void require(boolean holds, String name, String rule, double found) {
    if (!holds || Double.isInfinite(found)) {
      throw new IllegalArgumentException("%s: %s, is %s".formatted(name, rule, found));
    }
  }

  /** Says whether no rule forbids it. */
  public boolean permitted() {
    return forbiddenBy.isEmpty();
  }

  /** Returns the same, forbidden by a rule, or permitted where the rule's name is empty. */
  public PlacementOption forbidden(String rule) {
    return new PlacementOption(
        service,
        variant,
        device,
        tensorParallelDegree,
        threads,
        maxBatch,
        batchNanos,
        servedPerSecond,
        quality,
        memoryBytes,
        rule,
        buckets);
  }
}
