package io.waip.replay.records;

import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.api.v1.VariantPlan;

/** Plans as protobuf and back, by position of the service. Stateless. */
public final class PlanCodec {
  private PlanCodec() {}

  static io.waip.api.v1.Plan toProto(Plan plan) {
    io.waip.api.v1.Plan.Builder proto = io.waip.api.v1.Plan.newBuilder().setVersion(plan.version());
    plan.services().forEach(service -> proto.addServices(toProto(service)));
    return proto.build();
  }

  private static io.waip.api.v1.ServicePlan toProto(ServicePlan plan) {
    return io.waip.api.v1.ServicePlan.newBuilder()
        .setLatencyMargin(plan.latencyMargin())
        .setPaddingCap(plan.paddingCap())
        .setDeferral(plan.deferral())
        .setDegradeBacklogNanos(plan.degradeBacklogNanos())
        .setOfflineShare(plan.offlineShare())
        .setOfflineQuantum(plan.offlineQuantum())
        .setGatherShare(plan.gatherShare())
        .setTimePrice(plan.timePrice())
        .setLatenessFactor(plan.latenessFactor())
        .addAllBucketEdges(plan.bucketEdges())
        .setCeilingPerSecond(ceiling(plan.limits()))
        .addAllVariants(plan.limits().variants().stream().map(PlanCodec::toProto).toList())
        .build();
  }

  private static double ceiling(ServiceLimits limits) {
    return Double.isInfinite(limits.ceilingPerSecond()) ? 0 : limits.ceilingPerSecond();
  }

  private static VariantPlan toProto(VariantLimit limit) {
    return VariantPlan.newBuilder()
        .setMaxBatch(limit.maxBatch())
        .setMaxShare(limit.maxShare())
        .build();
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException if a part is out of range
   */
  public static Plan fromProto(io.waip.api.v1.Plan proto) {
    return new Plan(
        proto.getVersion(), proto.getServicesList().stream().map(PlanCodec::fromProto).toList());
  }

  private static ServicePlan fromProto(io.waip.api.v1.ServicePlan proto) {
    return new ServicePlan.Builder()
        .latencyMargin(proto.getLatencyMargin())
        .paddingCap(proto.getPaddingCap())
        .deferral(proto.getDeferral())
        .degradeBacklogNanos(proto.getDegradeBacklogNanos())
        .offlineShare(proto.getOfflineShare())
        .offlineQuantum(proto.getOfflineQuantum())
        .gatherShare(proto.getGatherShare())
        .timePrice(proto.getTimePrice())
        .latenessFactor(proto.getLatenessFactor())
        .bucketEdges(proto.getBucketEdgesList())
        .limits(limits(proto))
        .build();
  }

  private static ServiceLimits limits(io.waip.api.v1.ServicePlan proto) {
    double ceiling = proto.getCeilingPerSecond();
    return new ServiceLimits(
        ceiling == 0 ? Double.POSITIVE_INFINITY : ceiling,
        proto.getVariantsList().stream()
            .map(variant -> new VariantLimit(variant.getMaxShare(), variant.getMaxBatch()))
            .toList());
  }
}
