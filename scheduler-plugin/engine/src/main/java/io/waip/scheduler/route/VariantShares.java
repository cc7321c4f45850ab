package io.waip.scheduler.route;

import io.waip.scheduler.plan.PlanTable;

/**
 * Keeps each variant within the share of its service's requests that the plan gives it.
 *
 * <p>Requests count when they are dispatched and lose half their weight whenever {@value #MEMORY}
 * are counted, so a share holds over the last several thousand. A variant may run only while the
 * largest batch it could run keeps it within its share, so the share is never exceeded, and a
 * variant of a share below 1 waits until others have served. Single writer; allocates nothing after
 * construction.
 */
final class VariantShares {
  private static final int MEMORY = 8192;

  private final double[] dispatched;
  private final double[] ofService;
  private final int[] service;
  private PlanTable plan;

  /** Starts with nothing dispatched. */
  VariantShares(PlanTable plan) {
    this.plan = plan;
    int services = plan.deployment().services().size();
    ofService = new double[services];
    dispatched = new double[plan.deployment().variants().size()];
    service = new int[dispatched.length];
    for (int s = 0; s < services; s++) {
      for (int v = plan.firstVariant(s); v < plan.endVariant(s); v++) {
        service[v] = s;
      }
    }
  }

  /** Sets the plan in force; what was dispatched counts on. */
  void plan(PlanTable current) {
    plan = current;
  }

  /** Takes note of requests given to a variant. */
  void dispatched(int variant, int requests) {
    int s = service[variant];
    dispatched[variant] += requests;
    ofService[s] += requests;
    if (ofService[s] >= MEMORY) {
      ofService[s] /= 2;
      for (int v = plan.firstVariant(s); v < plan.endVariant(s); v++) {
        dispatched[v] /= 2;
      }
    }
  }

  /** Says whether a variant may take a batch of any size it can run. */
  boolean permits(int variant) {
    double share = plan.maxShare(variant);
    if (share == 1) {
      return true;
    }
    int batch = plan.variant(variant).maxBatch();
    return dispatched[variant] + batch <= share * (ofService[service[variant]] + batch);
  }
}
