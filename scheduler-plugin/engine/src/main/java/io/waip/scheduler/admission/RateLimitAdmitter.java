package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Tenant;
import java.util.List;

/**
 * Refuses requests beyond a tenant's rate: a token bucket for each tenant, full at the start.
 *
 * <p>Single writer; allocates nothing after construction.
 */
public final class RateLimitAdmitter implements Admitter {
  private final TokenBuckets buckets;

  /** Creates a bucket for each tenant. */
  public RateLimitAdmitter(List<Tenant> tenants) {
    buckets =
        new TokenBuckets(
            tenants.stream().mapToDouble(Tenant::ratePerSecond).toArray(),
            tenants.stream().mapToDouble(Tenant::burst).toArray());
  }

  @Override
  public boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal) {
    long wait = buckets.take(nowNanos, request.tenant());
    return wait == 0 || refusal.refuse(Reason.RATE_LIMIT, wait);
  }
}
