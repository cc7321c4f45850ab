package io.waip.scheduler.queue;

import io.waip.api.deployment.Tenant;
import io.waip.api.queue.FairnessPolicy;
import java.util.List;

/**
 * Weighted fairness by virtual time: each tenant has a counter of device time over weight, and one
 * that is more than a slack ahead of the least served active tenant waits.
 *
 * <p>With slack {@code G} and largest single charge {@code C}, the counters of two tenants that
 * stay active differ by at most {@code G + C} over the smaller weight; {@code G <= C} gives the
 * bound of two batches. A tenant that becomes active is lifted to the least active counter, or,
 * after a calm, to that of the last tenant to leave, so idling earns no credit. After Sheng et al.,
 * "Fairness in Serving Large Language Models" (VTC), OSDI 2024, with device time in place of
 * tokens.
 *
 * <p>O(1) per question; O(tenants) after a change. Single writer.
 */
public final class VirtualTimeFairness implements FairnessPolicy {
  private final double[] weight;
  private final double[] virtualNanos;
  private final boolean[] active;
  private double slackNanos;
  private double leastActive;
  private boolean stale = true;
  private int lastLeft = -1;

  /**
   * Starts all tenants equal and idle.
   *
   * @param slackNanos how far ahead a tenant may run, device nanoseconds, {@code >= 0}
   */
  public VirtualTimeFairness(List<Tenant> tenants, double slackNanos) {
    weight = tenants.stream().mapToDouble(Tenant::weight).toArray();
    virtualNanos = new double[weight.length];
    active = new boolean[weight.length];
    this.slackNanos = slackNanos;
  }

  /** Changes how far ahead a tenant may run, device nanoseconds, {@code >= 0}. */
  public void slack(double nanos) {
    slackNanos = nanos;
  }

  @Override
  public void activated(int tenant) {
    virtualNanos[tenant] = Math.max(virtualNanos[tenant], floor());
    active[tenant] = true;
    stale = true;
  }

  @Override
  public void deactivated(int tenant) {
    active[tenant] = false;
    lastLeft = tenant;
    stale = true;
  }

  /** Returns the least active counter; where all idle, that of the last tenant to leave. */
  private double floor() {
    double least = leastActive();
    return least == Double.NEGATIVE_INFINITY && lastLeft >= 0 ? virtualNanos[lastLeft] : least;
  }

  @Override
  public boolean mayServe(int tenant) {
    return virtualNanos[tenant] - leastActive() <= slackNanos / weight[tenant];
  }

  @Override
  public void charge(int tenant, double deviceNanos) {
    virtualNanos[tenant] += deviceNanos / weight[tenant];
    stale = true;
  }

  /** Returns a tenant's counter: device nanoseconds over weight. */
  public double virtualNanos(int tenant) {
    return virtualNanos[tenant];
  }

  /** Returns the least counter of an active tenant; negative infinity if none is active. */
  private double leastActive() {
    if (stale) {
      leastActive = Double.POSITIVE_INFINITY;
      for (int i = 0; i < active.length; i++) {
        if (active[i]) {
          leastActive = Math.min(leastActive, virtualNanos[i]);
        }
      }
      if (leastActive == Double.POSITIVE_INFINITY) {
        leastActive = Double.NEGATIVE_INFINITY;
      }
      stale = false;
    }
    return leastActive;
  }
}
