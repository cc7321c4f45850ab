package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Deployment;
import io.waip.api.route.Screener;
import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.plan.VariantTable;
import java.util.List;

/**
 * Asks, in order: can any variant serve this at all, may it run anywhere, then each admitter.
 *
 * <p>The door of the admission step. Single writer; allocates nothing after construction.
 */
public final class AdmissionGate {
  private final Screener[] screeners;
  private final Admitter[] admitters;
  private final long[] endpointsOfVariant;
  private final Refusal refusal = new Refusal();
  private PlanTable plan;

  /**
   * Creates a gate.
   *
   * @param plan the first in force
   * @param screeners governance rules; all must permit an endpoint
   * @param admitters asked in order; the first refusal holds
   */
  public AdmissionGate(
      PlanTable plan, List<? extends Screener> screeners, List<? extends Admitter> admitters) {
    this.screeners = screeners.toArray(new Screener[0]);
    this.admitters = admitters.toArray(new Admitter[0]);
    this.plan = plan;
    Deployment deployment = plan.deployment();
    endpointsOfVariant = new long[deployment.variants().size()];
    for (int v = 0; v < endpointsOfVariant.length; v++) {
      for (int e = 0; e < deployment.endpoints().size(); e++) {
        endpointsOfVariant[v] |= deployment.endpoints().get(e).runs(v) ? 1L << e : 0;
      }
    }
  }

  /** Sets the plan in force. */
  public void plan(PlanTable current) {
    plan = current;
  }

  /**
   * Screens the endpoints for a request, whatever the plan.
   *
   * @return bit {@code e} set for each endpoint that runs a variant long enough and as good as the
   *     request asks for, and that every screener permits
   */
  public long screen(RequestDescriptor request) {
    long permitted = able(request, false);
    for (Screener screener : screeners) {
      for (long rest = permitted; rest != 0; rest &= rest - 1) {
        int endpoint = Long.numberOfTrailingZeros(rest);
        if (!screener.permits(request, endpoint)) {
          permitted &= ~(1L << endpoint);
        }
      }
    }
    return permitted;
  }

  /** Returns those of the screened endpoints that may run a request under the plan in force. */
  public long planned(RequestDescriptor request, long permitted) {
    return permitted & able(request, true);
  }

  private long able(RequestDescriptor request, boolean planned) {
    long endpoints = 0;
    for (int v = plan.firstVariant(request.service());
        v < plan.endVariant(request.service());
        v++) {
      if (fits(request, v) && (!planned || plan.maxShare(v) > 0)) {
        endpoints |= endpointsOfVariant[v];
      }
    }
    return endpoints;
  }

  private boolean fits(RequestDescriptor request, int v) {
    VariantTable variant = plan.variant(v);
    return variant.quality() >= request.qualityFloor() && request.length() <= variant.maxLength();
  }

  /**
   * Admits or refuses.
   *
   * @param permitted endpoints left by {@link #planned}
   * @param up endpoints that are up
   * @return true to admit; else {@link #refusal} says why
   */
  public boolean admit(
      long nowNanos, RequestDescriptor request, long permitted, long up, LoadView load) {
    if ((permitted & up) == 0) {
      return refusal.refuse(permitted == 0 ? whyNowhere(request) : Reason.NO_ENDPOINT, 0);
    }
    for (Admitter admitter : admitters) {
      if (!admitter.admit(nowNanos, request, load, refusal)) {
        return false;
      }
    }
    return true;
  }

  /** Returns why no endpoint at all may run a request. */
  private Reason whyNowhere(RequestDescriptor request) {
    boolean longEnough = false;
    boolean fits = false;
    for (int v = plan.firstVariant(request.service());
        v < plan.endVariant(request.service());
        v++) {
      longEnough |= request.length() <= plan.variant(v).maxLength();
      fits |= fits(request, v) && plan.maxShare(v) > 0;
    }
    if (!longEnough) {
      return Reason.TOO_LONG;
    }
    if (!fits) {
      return Reason.QUALITY_FLOOR;
    }
    return able(request, true) == 0 ? Reason.NO_ENDPOINT : Reason.GOVERNANCE;
  }

  /** Returns why the last request was refused. */
  public Refusal refusal() {
    return refusal;
  }
}
