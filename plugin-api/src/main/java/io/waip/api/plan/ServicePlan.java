package io.waip.api.plan;

import java.util.List;

/**
 * Parameters of one service.
 *
 * @param latencyMargin multiplies a predicted median to the planning quantile, {@code >= 1}
 * @param paddingCap largest share of padded elements in a batch, {@code [0, 1)}; what the bucket
 *     edges add to each request alone does not count
 * @param deferral whether a batch that holds all that is queued waits for more while its slack
 *     allows
 * @param degradeBacklogNanos drain time of the backlog above which a cheaper variant may serve, and
 *     half of which lets the reference serve alone again, {@code >= 0}
 * @param offlineShare share of device time promised to offline work while it waits, {@code [0, 1)}
 * @param offlineQuantum longest batch with offline work in it while requests with deadlines are
 *     lost, as a share of the tightest interactive latency objective, {@code (0, 1]}
 * @param gatherShare longest wait of a batch that holds all that is queued where requests come in
 *     bursts, as a share of the service's latency objective, {@code [0, 0.5]}, and 0.5 ms at most;
 *     0 for none
 * @param timePrice price of device time when batches are compared, as a share of the value that it
 *     yields in efficient batches of the least urgent tier that waits, {@code [0, 1]}: 0 serves as
 *     much as one batch can, 1 only what is as efficient as can be
 * @param latenessFactor a request is refused on arrival when its predicted wait exceeds its slack
 *     times this, {@code >= 1}
 * @param bucketEdges lengths that batches are padded to, ascending, each {@code >= 1}: a batch gets
 *     the smallest that is not below its longest request. The longest input of each variant counts
 *     as an edge, and what is beyond the longest of all does not. Empty pads each batch to its
 *     longest request; required for services that may not be padded
 */
public record ServicePlan(
    double latencyMargin,
    double paddingCap,
    boolean deferral,
    long degradeBacklogNanos,
    double offlineShare,
    double offlineQuantum,
    double gatherShare,
    double timePrice,
    double latenessFactor,
    List<Integer> bucketEdges) {
  /** Parameters of a service nobody has planned yet. */
  public static final ServicePlan DEFAULT =
      new ServicePlan(1.2, 0.25, false, 100_000_000L, 0.05, 0.35, 0.01, 0.8, 2);

  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ServicePlan {
    require(latencyMargin >= 1, "latency_margin must be >= 1", latencyMargin);
    require(paddingCap >= 0 && paddingCap < 1, "padding_cap must be in [0, 1)", paddingCap);
    require(degradeBacklogNanos >= 0, "degrade_backlog must be >= 0", degradeBacklogNanos);
    require(offlineShare >= 0 && offlineShare < 1, "offline_share must be in [0, 1)", offlineShare);
    require(
        offlineQuantum > 0 && offlineQuantum <= 1,
        "offline_quantum must be in (0, 1]",
        offlineQuantum);
    require(
        gatherShare >= 0 && gatherShare <= 0.5, "gather_share must be in [0, 0.5]", gatherShare);
    require(timePrice >= 0 && timePrice <= 1, "time_price must be in [0, 1]", timePrice);
    require(latenessFactor >= 1, "lateness_factor must be >= 1", latenessFactor);
    bucketEdges = List.copyOf(bucketEdges);
    int before = 0;
    for (int edge : bucketEdges) {
      if (edge <= before) {
        throw new IllegalArgumentException(
            "bucket_edges must be ascending and >= 1, are " + bucketEdges);
      }
      before = edge;
    }
  }

  /**
   * Gives parameters without bucket edges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ServicePlan(
      double latencyMargin,
      double paddingCap,
      boolean deferral,
      long degradeBacklogNanos,
      double offlineShare,
      double offlineQuantum,
      double gatherShare,
      double timePrice,
      double latenessFactor) {
    this(
        latencyMargin,
        paddingCap,
        deferral,
        degradeBacklogNanos,
        offlineShare,
        offlineQuantum,
        gatherShare,
        timePrice,
        latenessFactor,
        List.of());
  }

  /** Returns these parameters with deferral switched on or off. */
  public ServicePlan withDeferral(boolean on) {
    return new ServicePlan(
        latencyMargin,
        paddingCap,
        on,
        degradeBacklogNanos,
        offlineShare,
        offlineQuantum,
        gatherShare,
        timePrice,
        latenessFactor,
        bucketEdges);
  }

  /** Returns these parameters with another latency margin. */
  public ServicePlan withLatencyMargin(double margin) {
    return new ServicePlan(
        margin,
        paddingCap,
        deferral,
        degradeBacklogNanos,
        offlineShare,
        offlineQuantum,
        gatherShare,
        timePrice,
        latenessFactor,
        bucketEdges);
  }

  /** Returns these parameters with other bucket edges. */
  public ServicePlan withBucketEdges(List<Integer> edges) {
    return new ServicePlan(
        latencyMargin,
        paddingCap,
        deferral,
        degradeBacklogNanos,
        offlineShare,
        offlineQuantum,
        gatherShare,
        timePrice,
        latenessFactor,
        edges);
  }

  private static void require(boolean holds, String rule, double found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", is " + found);
    }
  }
}
