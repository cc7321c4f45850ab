package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Tenant;
import java.util.Arrays;
import java.util.List;

/**
 * Refuses requests beyond a tenant's rate: a token bucket for each tenant, full at the start.
 *
 * <p>Single writer; allocates nothing after construction.
 */
public final class RateLimitAdmitter implements Admitter {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The clock may start anywhere, also below zero; a full bucket needs no refill. */
  private static final long NEVER = Long.MIN_VALUE;

  private final double[] tokensPerNano;
  private final double[] burst;
  private final double[] tokens;
  private final long[] refilledNanos;

  /** Creates a bucket for each tenant. */
  public RateLimitAdmitter(List<Tenant> tenants) {
    tokensPerNano =
        tenants.stream().mapToDouble(t -> t.ratePerSecond() / NANOS_PER_SECOND).toArray();
    burst = tenants.stream().mapToDouble(Tenant::burst).toArray();
    tokens = burst.clone();
    refilledNanos = new long[burst.length];
    Arrays.fill(refilledNanos, NEVER);
  }

  @Override
  public boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal) {
    int tenant = request.tenant();
    if (tokensPerNano[tenant] == Double.POSITIVE_INFINITY) {
      return true;
    }
    if (refilledNanos[tenant] != NEVER) {
      double refill = (nowNanos - refilledNanos[tenant]) * tokensPerNano[tenant];
      tokens[tenant] = Math.min(burst[tenant], tokens[tenant] + refill);
    }
    refilledNanos[tenant] = nowNanos;
    if (tokens[tenant] >= 1) {
      tokens[tenant]--;
      return true;
    }
    double wait = (1 - tokens[tenant]) / tokensPerNano[tenant];
    return refusal.refuse(Reason.RATE_LIMIT, (long) Math.ceil(wait));
  }
}
