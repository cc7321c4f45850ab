package io.waip.scheduler.queue;

import io.waip.api.deployment.Tenant;
import java.util.Arrays;
import java.util.List;

/**
 * Which tenants stay inside their share of the devices while the tenants together ask for more than
 * there is.
 *
 * <p>The rate of a tenant is the device time its requests would take, per time: an exponential mean
 * over {@value #MEMORY_NANOS} ns of what it offered, admitted or not; at the start, over as long as
 * was seen. The shares are max-min fair by weight: the level {@code l} with {@code sum min(rate_t,
 * l w_t) = } {@value #USABLE} of the devices (Bertsekas and Gallager, Data Networks, 1992, section
 * 6.5.2); a tenant is inside where {@code rate_t <= l w_t}. While together they ask for no more
 * than the devices can serve, by their fastest variants, nobody needs protection.
 *
 * <p>Looked at anew at most once in {@value #REFRESH_NANOS} ns, O(tenants²) at worst. Single
 * writer; allocates nothing after construction.
 */
public final class OfferedShares {
  private static final double MEMORY_NANOS = 1e9;
  private static final long REFRESH_NANOS = 1_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  /** A shorter look says nothing of a rate. */
  private static final long SHORTEST_LOOK_NANOS = 10_000_000L;

  /** Short batches, which protection asks for, cost about a tenth. */
  private static final double USABLE = 0.9;

  /** Of a device: less is as good as nothing. */
  private static final double LEAST_RATE = 1e-3;

  private final double[] weight;
  private final double[] rate;
  private final long[] updatedNanos;
  private final boolean[] isProtected;
  private final boolean[] isInside;
  private boolean anyProtected;
  private long refreshedNanos = NEVER;
  private long firstNanos = NEVER;

  /** Starts with nothing offered. */
  public OfferedShares(List<Tenant> tenants) {
    weight = tenants.stream().mapToDouble(Tenant::weight).toArray();
    rate = new double[weight.length];
    updatedNanos = new long[weight.length];
    isProtected = new boolean[weight.length];
    isInside = new boolean[weight.length];
    Arrays.fill(updatedNanos, NEVER);
  }

  /**
   * A request with a deadline was offered.
   *
   * @param workNanos its device time in an efficient batch
   */
  public void offered(long nowNanos, int tenant, double workNanos) {
    if (weight.length == 1) {
      return;
    }
    firstNanos = firstNanos == NEVER ? nowNanos : firstNanos;
    rate[tenant] = rateAt(nowNanos, tenant) + workNanos / MEMORY_NANOS;
    updatedNanos[tenant] = nowNanos;
  }

  private double rateAt(long nowNanos, int tenant) {
    if (rate[tenant] == 0) {
      return 0;
    }
    return rate[tenant] * Math.exp(-(nowNanos - updatedNanos[tenant]) / MEMORY_NANOS);
  }

  /**
   * Lets time pass.
   *
   * @param devices reference device time that can be served per time, by the fastest variants
   */
  public void refresh(long nowNanos, double devices) {
    boolean isFresh = refreshedNanos != NEVER && nowNanos - refreshedNanos < REFRESH_NANOS;
    if (weight.length == 1 || isFresh) {
      return;
    }
    refreshedNanos = nowNanos;
    double seen = seen(nowNanos);
    boolean allInside =
        fillLevels(nowNanos, USABLE * devices * seen) || asked(nowNanos) <= devices * seen;
    anyProtected = false;
    for (int t = 0; t < weight.length; t++) {
      isProtected[t] = !allInside && isInside[t] && rateAt(nowNanos, t) >= LEAST_RATE * seen;
      anyProtected |= isProtected[t];
    }
  }

  /** Returns which part of a lasting rate the mean shows so far, {@code (0, 1]}. */
  private double seen(long nowNanos) {
    if (firstNanos == NEVER) {
      return 1;
    }
    return -Math.expm1(-Math.max(SHORTEST_LOOK_NANOS, nowNanos - firstNanos) / MEMORY_NANOS);
  }

  private double asked(long nowNanos) {
    double sum = 0;
    for (int t = 0; t < weight.length; t++) {
      sum += rateAt(nowNanos, t);
    }
    return sum;
  }

  /** Sets who is inside; returns whether all are. */
  private boolean fillLevels(long nowNanos, double capacity) {
    Arrays.fill(isInside, false);
    double left = capacity;
    double weightLeft = 0;
    for (double each : weight) {
      weightLeft += each;
    }
    int outside = weight.length;
    boolean isChanged = true;
    while (isChanged && outside > 0) {
      isChanged = false;
      double level = left / weightLeft;
      for (int t = 0; t < weight.length; t++) {
        double asked = rateAt(nowNanos, t);
        if (!isInside[t] && asked <= level * weight[t]) {
          isInside[t] = true;
          left -= asked;
          weightLeft -= weight[t];
          outside--;
          isChanged = true;
        }
      }
    }
    return outside == 0;
  }

  /**
   * Says whether a tenant asks for no more than its share while others ask for more than theirs.
   */
  public boolean isProtected(int tenant) {
    return isProtected[tenant];
  }

  /** Says whether any tenant is protected. */
  public boolean anyProtected() {
    return anyProtected;
  }
}
