package io.waip.scheduler.queue;

import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.queue.FairnessPolicy;
import io.waip.scheduler.state.RequestTable;
import io.waip.scheduler.state.Window;

/**
 * All queued requests: one flow for each service, tier and tenant.
 *
 * <p>The door of the queue step. Single writer; allocates nothing but the growth of a flow beyond
 * its longest so far.
 */
public final class RequestQueues {
  private static final double[] TIER_VALUE = {4, 2, 1};

  /**
   * On the value of a protected tenant's request: above what a request costs alone over its part of
   * an efficient batch, so that it is worth a batch of its own.
   */
  private static final double PROTECTED_VALUE = 16;

  private final RequestTable table;
  private final FairnessPolicy[] fairness;
  private final FlowQueue[] flows;
  private final FlowMerge merge;
  private final int tenants;
  private final int windowCapacity;
  private final boolean byDeadline;
  private final int[] takenOfFlow;
  private final int[][] queuedByTenant;
  private final double[][] workNanos;
  private final double[] urgentWorkNanos;
  private final OfferedShares shares;
  private final int[][] queuedByTier;
  private final int[] queuedByService;
  private int queued;

  /**
   * Creates empty queues.
   *
   * @param fairness one for each tier
   * @param windowCapacity most requests with a deadline, and most offline ones, in a window
   * @param byDeadline whether the sort key is the deadline, so that no flow need be searched for it
   */
  public RequestQueues(
      Deployment deployment,
      RequestTable table,
      FairnessPolicy[] fairness,
      int windowCapacity,
      boolean byDeadline) {
    this.table = table;
    this.fairness = fairness.clone();
    this.windowCapacity = windowCapacity;
    this.byDeadline = byDeadline;
    tenants = deployment.tenants().size();
    int services = deployment.services().size();
    flows = new FlowQueue[services * Tier.COUNT * tenants];
    for (int i = 0; i < flows.length; i++) {
      flows[i] = new FlowQueue(table);
    }
    merge = new FlowMerge(table, flows);
    takenOfFlow = new int[flows.length];
    queuedByTenant = new int[Tier.COUNT][tenants];
    workNanos = new double[services][Tier.COUNT];
    urgentWorkNanos = new double[tenants];
    shares = new OfferedShares(deployment.tenants());
    queuedByTier = new int[services][Tier.COUNT];
    queuedByService = new int[services];
  }

  /** Queues a request. */
  public void add(int slot) {
    Tier tier = table.tier(slot);
    flows[flowOf(slot)].insert(slot);
    if (queuedByTenant[tier.ordinal()][table.tenant(slot)]++ == 0) {
      fairness[tier.ordinal()].activated(table.tenant(slot));
    }
    workNanos[table.service(slot)][tier.ordinal()] += table.work(slot);
    urgentWorkNanos[table.tenant(slot)] += tier == Tier.OFFLINE ? 0 : table.work(slot);
    queuedByTier[table.service(slot)][tier.ordinal()]++;
    queuedByService[table.service(slot)]++;
    queued++;
  }

  /**
   * Removes a queued request.
   *
   * @return false if it is not queued
   */
  public boolean remove(int slot) {
    if (!flows[flowOf(slot)].remove(slot)) {
      return false;
    }
    uncount(slot);
    return true;
  }

  /**
   * Fills a window with the requests of a service that may run on an endpoint now.
   *
   * <p>Those of protected tenants come first, by deadline; then the others have the latest deadline
   * first, since a batch holds neighbours: a fresh request goes with urgent ones of the protected,
   * one that is nearly too late would end their batch.
   *
   * @param fair whether tenants ahead of their share are left out
   */
  public void fill(Window window, int service, int endpoint, boolean fair) {
    window.clear();
    if (shares.anyProtected()) {
      addUrgentFlows(service, fair, true);
      takeByDeadline(window, endpoint, PROTECTED_VALUE);
    }
    int first = window.size();
    addUrgentFlows(service, fair, false);
    takeByDeadline(window, endpoint, 1);
    if (first > 0) {
      window.reverse(first);
    }
    addOfflineFlows(service, fair);
    int full = window.size() + windowCapacity;
    while (window.size() < full && !merge.isEmpty()) {
      int slot = merge.next();
      if ((table.endpoints(slot) >>> endpoint & 1) != 0) {
        window.addOffline(slot, TIER_VALUE[Tier.OFFLINE.ordinal()]);
      }
    }
  }

  private void takeByDeadline(Window window, int endpoint, double favour) {
    while (window.size() < windowCapacity && !merge.isEmpty()) {
      int slot = merge.next();
      if ((table.endpoints(slot) >>> endpoint & 1) != 0) {
        window.addWithDeadline(slot, favour * TIER_VALUE[table.tier(slot).ordinal()]);
      }
    }
  }

  private void addUrgentFlows(int service, boolean fair, boolean isProtected) {
    merge.clear();
    for (int tenant = 0; tenant < tenants; tenant++) {
      if (shares.isProtected(tenant) == isProtected) {
        addFlow(service, Tier.INTERACTIVE, tenant, fair);
        addFlow(service, Tier.NEARLINE, tenant, fair);
      }
    }
  }

  private void addOfflineFlows(int service, boolean fair) {
    merge.clear();
    for (int tenant = 0; tenant < tenants; tenant++) {
      addFlow(service, Tier.OFFLINE, tenant, fair);
    }
  }

  private void addFlow(int service, Tier tier, int tenant, boolean fair) {
    int flow = flow(service, tier, tenant);
    if (flows[flow].size() > 0 && (!fair || fairness[tier.ordinal()].mayServe(tenant))) {
      merge.add(flow);
    }
  }

  /** Removes the requests taken from a window; they are dispatched already. */
  public void removeDispatched(Window window) {
    for (int i = 0; i < window.size(); i++) {
      if (window.isTaken(i)) {
        takenOfFlow[flowOf(window.slot(i))]++;
      }
    }
    for (int i = 0; i < window.size(); i++) {
      if (window.isTaken(i)) {
        int flow = flowOf(window.slot(i));
        flows[flow].removeDispatched(takenOfFlow[flow]);
        takenOfFlow[flow] = 0;
        uncount(window.slot(i));
      }
    }
  }

  /**
   * Removes and returns one request whose deadline is not after {@code nowNanos}.
   *
   * @return its slot, or {@link RequestTable#NONE}
   */
  public int removeExpired(long nowNanos) {
    for (FlowQueue flow : flows) {
      int position = mostUrgent(flow);
      if (position >= 0 && table.deadlineNanos(flow.get(position)) <= nowNanos) {
        int slot = flow.get(position);
        remove(slot);
        return slot;
      }
    }
    return RequestTable.NONE;
  }

  /**
   * Removes and returns any request.
   *
   * @return its slot, or {@link RequestTable#NONE} if nothing is queued
   */
  public int removeAny() {
    for (FlowQueue flow : flows) {
      if (flow.size() > 0) {
        int slot = flow.removeHead();
        uncount(slot);
        return slot;
      }
    }
    return RequestTable.NONE;
  }

  /** Returns the earliest deadline, or {@link Long#MAX_VALUE}. */
  public long earliestDeadlineNanos() {
    long earliest = Long.MAX_VALUE;
    for (FlowQueue flow : flows) {
      int position = mostUrgent(flow);
      if (position >= 0) {
        earliest = Math.min(earliest, table.deadlineNanos(flow.get(position)));
      }
    }
    return earliest;
  }

  /** Returns the position of the earliest deadline of a flow, or -1 where nothing is queued. */
  private int mostUrgent(FlowQueue flow) {
    if (byDeadline || flow.size() == 0) {
      return flow.size() == 0 ? -1 : 0;
    }
    int earliest = 0;
    for (int i = 1; i < flow.size(); i++) {
      if (table.deadlineNanos(flow.get(i)) < table.deadlineNanos(flow.get(earliest))) {
        earliest = i;
      }
    }
    return earliest;
  }

  /** Returns the number of queued requests. */
  public int queued() {
    return queued;
  }

  /** Returns the number of queued requests of a service. */
  public int queued(int service) {
    return queuedByService[service];
  }

  /** Returns the number of queued requests of a service and tier. */
  public int queued(int service, Tier tier) {
    return queuedByTier[service][tier.ordinal()];
  }

  /** Returns the device time of the queued requests of a service and tier, nanoseconds. */
  public double workNanos(int service, Tier tier) {
    return workNanos[service][tier.ordinal()];
  }

  /**
   * Returns the device time of a tenant's queued requests that are not offline, over all services,
   * nanoseconds.
   */
  public double urgentWorkNanos(int tenant) {
    return urgentWorkNanos[tenant];
  }

  /** Returns what the tenants offered of late. */
  public OfferedShares shares() {
    return shares;
  }

  private void uncount(int slot) {
    int tier = table.tier(slot).ordinal();
    int service = table.service(slot);
    int tenant = table.tenant(slot);
    if (--queuedByTenant[tier][tenant] == 0) {
      fairness[tier].deactivated(tenant);
    }
    boolean isOffline = tier == Tier.OFFLINE.ordinal();
    urgentWorkNanos[tenant] -= isOffline ? 0 : table.work(slot);
    if (queuedByTenant[Tier.INTERACTIVE.ordinal()][tenant]
            + queuedByTenant[Tier.NEARLINE.ordinal()][tenant]
        == 0) {
      urgentWorkNanos[tenant] = 0; // what rounding left
    }
    workNanos[service][tier] -= table.work(slot);
    if (--queuedByTier[service][tier] == 0) {
      workNanos[service][tier] = 0; // what rounding left
    }
    queuedByService[service]--;
    queued--;
  }

  private int flowOf(int slot) {
    return flow(table.service(slot), table.tier(slot), table.tenant(slot));
  }

  private int flow(int service, Tier tier, int tenant) {
    return (service * Tier.COUNT + tier.ordinal()) * tenants + tenant;
  }
}
