package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.scheduler.plan.PlanTable;
import java.util.Arrays;

/**
 * Refuses requests beyond the rate that the plan admits to a service: a token bucket for each
 * service, which holds what {@value #BURST_SECONDS} s bring, at least one.
 *
 * <p>Single writer; allocates nothing after construction.
 */
public final class CeilingAdmitter implements Admitter {
  private static final double BURST_SECONDS = 0.1;

  private final TokenBuckets buckets;

  /** Creates a full bucket for each service. */
  public CeilingAdmitter(PlanTable plan) {
    int services = plan.deployment().services().size();
    double[] endless = new double[services];
    Arrays.fill(endless, Double.POSITIVE_INFINITY);
    buckets = new TokenBuckets(endless, endless);
    plan(plan);
  }

  /** Sets the plan in force; what a bucket holds counts on. */
  public void plan(PlanTable current) {
    for (int s = 0; s < current.deployment().services().size(); s++) {
      double ceiling = current.servicePlan(s).limits().ceilingPerSecond();
      buckets.change(s, ceiling, Math.max(1, ceiling * BURST_SECONDS));
    }
  }

  @Override
  public boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal) {
    long wait = buckets.take(nowNanos, request.service());
    return wait == 0 || refusal.refuse(Reason.RATE_LIMIT, wait);
  }
}
