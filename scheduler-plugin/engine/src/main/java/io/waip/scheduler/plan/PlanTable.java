package io.waip.scheduler.plan;

import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import java.util.List;

/**
 * A {@link Plan} together with the deployment and the cost model, laid out for constant-time reads.
 *
 * <p>Immutable; replaced as a whole when a plan is published. Building it costs {@code variants ×
 * batches × cells} model calls; reading allocates nothing.
 */
public final class PlanTable {
  private final Deployment deployment;
  private final Plan plan;
  private final VariantTable[] variants;
  private final LengthCells[] lengths;
  private final int[] firstVariant;
  private final double[] pace;
  private final double[] maxShare;
  private final long tightestInteractiveNanos;
  private final long longestBatchNanos;

  /**
   * Builds the table.
   *
   * @throws IllegalArgumentException if the plan is not for this deployment, has bucket edges for a
   *     service that may not be padded, or the model knows nothing of a variant
   */
  public PlanTable(Deployment deployment, LatencyModel model, Plan plan) {
    if (plan.services().size() != deployment.services().size()) {
      throw new IllegalArgumentException(
          "plan %d is for %d services, the deployment has %d"
              .formatted(plan.version(), plan.services().size(), deployment.services().size()));
    }
    this.deployment = deployment;
    this.plan = plan;
    int services = deployment.services().size();
    firstVariant = new int[services + 1];
    variants = new VariantTable[deployment.variants().size()];
    pace = new double[variants.length];
    maxShare = new double[variants.length];
    lengths = new LengthCells[services];
    for (int s = 0; s < services; s++) {
      firstVariant[s] = deployment.firstVariant(s);
      buildService(s, model);
    }
    firstVariant[services] = variants.length;
    tightestInteractiveNanos = tightestInteractive();
    longestBatchNanos = longestBatch();
  }

  private void buildService(int s, LatencyModel model) {
    Service service = deployment.services().get(s);
    List<Variant> forms = service.variants();
    ServicePlan parameters = servicePlan(s);
    requireLimits(service, parameters);
    if (!service.paddable() && !parameters.bucketEdges().isEmpty()) {
      throw new IllegalArgumentException(
          "plan %d has bucket edges for service '%s', which may not be padded"
              .formatted(plan.version(), service.name()));
    }
    lengths[s] = new LengthCells(forms, parameters.bucketEdges());
    var costing =
        new VariantTable.Costing(
            model,
            parameters.latencyMargin(),
            service.objective().latency().toNanos(),
            Integer.MAX_VALUE);
    for (int i = 0; i < forms.size(); i++) {
      int v = firstVariant[s] + i;
      VariantLimit limit = parameters.limits().variant(i);
      variants[v] = new VariantTable(v, forms.get(i), lengths[s], costing.upTo(limit.maxBatch()));
      maxShare[v] = parameters.limits().maxShare(service, i);
      pace[v] = variants[v].paceOver(variants[firstVariant[s]]);
    }
  }

  private void requireLimits(Service service, ServicePlan parameters) {
    int limits = parameters.limits().variants().size();
    if (limits != 0 && limits != service.variants().size()) {
      throw new IllegalArgumentException(
          "plan %d limits %d variants of service '%s', which has %d"
              .formatted(plan.version(), limits, service.name(), service.variants().size()));
    }
    boolean anyWithoutShare = false;
    for (int i = 0; i < service.variants().size(); i++) {
      anyWithoutShare |= parameters.limits().maxShare(service, i) == 1;
    }
    boolean anyMeetsFloor =
        service.variants().stream()
            .anyMatch(variant -> variant.quality() >= service.objective().qualityFloor());
    if (anyMeetsFloor && !anyWithoutShare) {
      throw new IllegalArgumentException(
          "plan %d leaves no variant of service '%s' that may take all its requests"
              .formatted(plan.version(), service.name()));
    }
  }

  private long tightestInteractive() {
    return deployment.services().stream()
        .filter(service -> service.objective().tier() != Tier.OFFLINE)
        .mapToLong(service -> service.objective().latency().toNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long longestBatch() {
    long longest = 0;
    for (VariantTable variant : variants) {
      longest = Math.max(longest, variant.longestNanos());
    }
    return longest;
  }

  /** Returns the deployment. */
  public Deployment deployment() {
    return deployment;
  }

  /** Returns the version of the plan. */
  public long version() {
    return plan.version();
  }

  /** Returns the parameters of a service. */
  public ServicePlan servicePlan(int service) {
    return plan.services().get(service);
  }

  /** Returns the lengths of a service that are told apart. */
  public LengthCells lengths(int service) {
    return lengths[service];
  }

  /** Returns the predictions of a variant. */
  public VariantTable variant(int variant) {
    return variants[variant];
  }

  /** Returns how much faster a variant serves than its service's reference, {@code > 0}. */
  public double pace(int variant) {
    return pace[variant];
  }

  /**
   * Returns the largest share of its service's requests that a variant may take, {@code [0, 1]}: 0
   * for one below the service's quality floor to which the plan gives none.
   */
  public double maxShare(int variant) {
    return maxShare[variant];
  }

  /** Returns the first variant index of a service; its reference. */
  public int firstVariant(int service) {
    return firstVariant[service];
  }

  /** Returns the variant index after the last one of a service. */
  public int endVariant(int service) {
    return firstVariant[service + 1];
  }

  /** Returns the tightest latency objective of a service with deadlines, nanoseconds. */
  public long tightestInteractiveNanos() {
    return tightestInteractiveNanos;
  }

  /** Returns the longest predicted batch within any service's objective, nanoseconds. */
  public long longestBatchNanos() {
    return longestBatchNanos;
  }
}
