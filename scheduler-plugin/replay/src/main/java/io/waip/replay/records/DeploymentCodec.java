package io.waip.replay.records;

import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import java.time.Duration;

/** Deployments as protobuf and back. Stateless. */
final class DeploymentCodec {
  private DeploymentCodec() {}

  static io.waip.api.v1.Deployment toProto(Deployment deployment) {
    io.waip.api.v1.Deployment.Builder proto = io.waip.api.v1.Deployment.newBuilder();
    deployment.services().forEach(service -> proto.addServices(toProto(service)));
    for (Tenant tenant : deployment.tenants()) {
      proto
          .addTenantsBuilder()
          .setName(tenant.name())
          .setWeight(tenant.weight())
          .setRatePerSecond(tenant.ratePerSecond())
          .setBurst(tenant.burst());
    }
    for (Endpoint endpoint : deployment.endpoints()) {
      proto
          .addEndpointsBuilder()
          .setName(endpoint.name())
          .setVariants(endpoint.variants())
          .setMaxInFlight(endpoint.maxInFlight())
          .setRegion(endpoint.region());
    }
    return proto.build();
  }

  private static io.waip.api.v1.Service toProto(Service service) {
    Objective objective = service.objective();
    io.waip.api.v1.Service.Builder proto =
        io.waip.api.v1.Service.newBuilder()
            .setName(service.name())
            .setTier(objective.tier().name())
            .setLatencyNanos(objective.latency().toNanos())
            .setPercentile(objective.percentile())
            .setQualityFloor(objective.qualityFloor())
            .setPaddable(service.paddable());
    for (Variant variant : service.variants()) {
      proto
          .addVariantsBuilder()
          .setModel(variant.model())
          .setQuality(variant.quality())
          .setMaxBatch(variant.maxBatch())
          .setMaxLength(variant.maxLength());
    }
    return proto.build();
  }

  /** Reads a deployment; throws {@link IllegalArgumentException} if a part is out of range. */
  static Deployment fromProto(io.waip.api.v1.Deployment proto) {
    return new Deployment(
        proto.getServicesList().stream().map(DeploymentCodec::service).toList(),
        proto.getTenantsList().stream()
            .map(t -> new Tenant(t.getName(), t.getWeight(), t.getRatePerSecond(), t.getBurst()))
            .toList(),
        proto.getEndpointsList().stream()
            .map(e -> new Endpoint(e.getName(), e.getVariants(), e.getMaxInFlight(), e.getRegion()))
            .toList());
  }

  private static Service service(io.waip.api.v1.Service proto) {
    Objective objective =
        new Objective(
            Tier.valueOf(proto.getTier()),
            Duration.ofNanos(proto.getLatencyNanos()),
            proto.getPercentile(),
            proto.getQualityFloor());
    return new Service(
        proto.getName(),
        objective,
        proto.getPaddable(),
        proto.getVariantsList().stream()
            .map(v -> new Variant(v.getModel(), v.getQuality(), v.getMaxBatch(), v.getMaxLength()))
            .toList());
  }
}
