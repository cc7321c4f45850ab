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
 * @param limits what the plan allows the service and each of its variants
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
    List<Integer> bucketEdges,
    ServiceLimits limits) {
  /** Parameters of a service nobody has planned yet. */
  public static final ServicePlan DEFAULT = new Builder().build();

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

  private static void require(boolean holds, String rule, double found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", is " + found);
    }
  }

  /** Returns a builder that begins with these parameters. */
  public Builder toBuilder() {
    return new Builder()
        .latencyMargin(latencyMargin)
        .paddingCap(paddingCap)
        .deferral(deferral)
        .degradeBacklogNanos(degradeBacklogNanos)
        .offlineShare(offlineShare)
        .offlineQuantum(offlineQuantum)
        .gatherShare(gatherShare)
        .timePrice(timePrice)
        .latenessFactor(latenessFactor)
        .bucketEdges(bucketEdges)
        .limits(limits);
  }

  /** Gathers parameters; begins with the defaults. Not thread-safe. */
  public static final class Builder {
    private double latencyMargin = 1.2;
    private double paddingCap = 0.25;
    private boolean deferral;
    private long degradeBacklogNanos = 100_000_000L;
    private double offlineShare = 0.05;
    private double offlineQuantum = 0.35;
    private double gatherShare = 0.01;
    private double timePrice = 0.8;
    private double latenessFactor = 2;
    private List<Integer> bucketEdges = List.of();
    private ServiceLimits limits = ServiceLimits.NONE;

    /** Begins with the defaults. */
    public Builder() {}

    /** Sets {@link ServicePlan#latencyMargin}. */
    public Builder latencyMargin(double value) {
      latencyMargin = value;
      return this;
    }

    /** Sets {@link ServicePlan#paddingCap}. */
    public Builder paddingCap(double value) {
      paddingCap = value;
      return this;
    }

    /** Sets {@link ServicePlan#deferral}. */
    public Builder deferral(boolean value) {
      deferral = value;
      return this;
    }

    /** Sets {@link ServicePlan#degradeBacklogNanos}. */
    public Builder degradeBacklogNanos(long value) {
      degradeBacklogNanos = value;
      return this;
    }

    /** Sets {@link ServicePlan#offlineShare}. */
    public Builder offlineShare(double value) {
      offlineShare = value;
      return this;
    }

    /** Sets {@link ServicePlan#offlineQuantum}. */
    public Builder offlineQuantum(double value) {
      offlineQuantum = value;
      return this;
    }

    /** Sets {@link ServicePlan#gatherShare}. */
    public Builder gatherShare(double value) {
      gatherShare = value;
      return this;
    }

    /** Sets {@link ServicePlan#timePrice}. */
    public Builder timePrice(double value) {
      timePrice = value;
      return this;
    }

    /** Sets {@link ServicePlan#latenessFactor}. */
    public Builder latenessFactor(double value) {
      latenessFactor = value;
      return this;
    }

    /** Sets {@link ServicePlan#bucketEdges}. */
    public Builder bucketEdges(List<Integer> value) {
      bucketEdges = value;
      return this;
    }

    /** Sets {@link ServicePlan#limits}. */
    public Builder limits(ServiceLimits value) {
      limits = value;
      return this;
    }

    /**
     * Returns the parameters.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ServicePlan build() {
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
          bucketEdges,
          limits);
    }
  }
}
