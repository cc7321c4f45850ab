package io.waip.replay.records;

import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;

/** Plans as protobuf and back, by position of the service. Stateless. */
final class PlanCodec {
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
        .build();
  }

  /** Reads a plan; throws {@link IllegalArgumentException} if a part is out of range. */
  static Plan fromProto(io.waip.api.v1.Plan proto) {
    return new Plan(
        proto.getVersion(), proto.getServicesList().stream().map(PlanCodec::fromProto).toList());
  }

  private static ServicePlan fromProto(io.waip.api.v1.ServicePlan proto) {
    return new ServicePlan(
        proto.getLatencyMargin(),
        proto.getPaddingCap(),
        proto.getDeferral(),
        proto.getDegradeBacklogNanos(),
        proto.getOfflineShare(),
        proto.getOfflineQuantum(),
        proto.getGatherShare(),
        proto.getTimePrice(),
        proto.getLatenessFactor(),
        proto.getBucketEdgesList());
  }
}
