package io.waip.scheduler.route;

import io.waip.api.route.CandidateView;
import io.waip.scheduler.plan.PlanTable;

/** The variants of one service on one endpoint, as candidates. A reused buffer. */
final class VariantCandidates implements CandidateView {
  private PlanTable plan;
  private int service;
  private int endpoint;

  @SuppressWarnings("NullAway.Init") // describe() is called before any other method
  VariantCandidates() {}

  void describe(PlanTable current, int serviceIndex, int endpointIndex) {
    plan = current;
    service = serviceIndex;
    endpoint = endpointIndex;
  }

  @Override
  public int count() {
    return plan.endVariant(service) - plan.firstVariant(service);
  }

  @Override
  public int variant(int i) {
    return plan.firstVariant(service) + i;
  }

  @Override
  public int endpoint(int i) {
    return endpoint;
  }

  @Override
  public double quality(int i) {
    return plan.variant(variant(i)).quality();
  }

  @Override
  public long predictedNanos(int i) {
    return plan.variant(variant(i)).nanos(1, 0);
  }
}
