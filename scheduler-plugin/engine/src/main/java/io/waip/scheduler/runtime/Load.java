package io.waip.scheduler.runtime;

import io.waip.api.Tier;
import io.waip.api.admission.LoadView;
import io.waip.api.cost.LatencyModel;
import io.waip.scheduler.feedback.FeedbackLog;
import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.queue.RequestQueues;
import io.waip.scheduler.route.Router;

/** The engine's state as admission and batch forming read it. Single writer; allocates nothing. */
final class Load implements LoadView {
  private final RequestQueues queues;
  private final Router router;
  private final FeedbackLog feedback;
  private final int queueCapacity;
  private final double[] lowest;
  private PlanTable plan;

  Load(
      RequestQueues queues,
      Router router,
      FeedbackLog feedback,
      int queueCapacity,
      PlanTable plan) {
    this.queues = queues;
    this.router = router;
    this.feedback = feedback;
    this.queueCapacity = queueCapacity;
    this.plan = plan;
    lowest = new double[plan.deployment().variants().size()];
  }

  void plan(PlanTable current) {
    plan = current;
  }

  @Override
  public int queued() {
    return queues.queued();
  }

  @Override
  public int queueCapacity() {
    return queueCapacity;
  }

  @Override
  public double devices(int service) {
    return router.devices(service);
  }

  @Override
  public long backlogNanos(int service) {
    return Math.round(
        queues.workNanos(service, Tier.INTERACTIVE) + queues.workNanos(service, Tier.NEARLINE));
  }

  @Override
  public long backlogNanos(int service, int tenant) {
    return queues.shares().isProtected(tenant)
        ? Math.round(queues.urgentWorkNanos(tenant))
        : backlogNanos(service);
  }

  @Override
  public long busyNanos(long nowNanos, int service) {
    long free = router.nextFreeNanos(nowNanos, -1);
    return free == Long.MAX_VALUE ? Long.MAX_VALUE / 4 : free - nowNanos;
  }

  @Override
  public long aloneNanos(int service, int length) {
    readCorrections(service);
    return aloneAsRead(service, length);
  }

  /** Reads what {@link #aloneAsRead} corrects by, for many requests of a service at one moment. */
  void readCorrections(int service) {
    for (int v = plan.firstVariant(service); v < plan.endVariant(service); v++) {
      lowest[v] = lowestCorrection(v);
    }
  }

  /** Returns {@link #aloneNanos} by the corrections last read for the service. */
  long aloneAsRead(int service, int length) {
    double best = Double.POSITIVE_INFINITY;
    for (int v = plan.firstVariant(service); v < plan.endVariant(service); v++) {
      VariantTable table = plan.variant(v);
      if (plan.maxShare(v) > 0 && length <= table.maxLength()) {
        best = Math.min(best, table.nanos(1, table.cell(length)) * lowest[v]);
      }
    }
    return best == Double.POSITIVE_INFINITY ? LatencyModel.UNKNOWN_NANOS : Math.round(best);
  }

  @Override
  public double latenessFactor(int service) {
    return plan.servicePlan(service).latenessFactor();
  }

  /** Returns the predicted time to serve all that is queued for a service, nanoseconds. */
  double drainNanos(int service) {
    double work = backlogNanos(service) + queues.workNanos(service, Tier.OFFLINE);
    return work / router.devices(service);
  }

  /** Returns the lowest correction where a variant is up, or infinity where it is nowhere. */
  private double lowestCorrection(int variant) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int e = 0; e < plan.deployment().endpoints().size(); e++) {
      if (router.isUp(e) && plan.deployment().endpoints().get(e).runs(variant)) {
        lowest = Math.min(lowest, feedback.planning(e, variant, plan.variant(variant).margin()));
      }
    }
    return lowest;
  }
}
