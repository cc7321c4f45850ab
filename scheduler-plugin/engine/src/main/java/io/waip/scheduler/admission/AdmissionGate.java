package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import io.waip.api.route.Screener;
import java.util.List;

/**
 * Asks, in order: can any variant serve this at all, may it run anywhere, then each admitter.
 *
 * <p>The door of the admission step. Single writer; allocates nothing after construction.
 */
public final class AdmissionGate {
  private final Screener[] screeners;
  private final Admitter[] admitters;
  private final List<Service> services;
  private final int[] firstVariant;
  private final long[] endpointsOfVariant;
  private final Refusal refusal = new Refusal();

  /**
   * Creates a gate.
   *
   * @param screeners governance rules; all must permit an endpoint
   * @param admitters asked in order; the first refusal holds
   */
  public AdmissionGate(
      Deployment deployment,
      List<? extends Screener> screeners,
      List<? extends Admitter> admitters) {
    this.screeners = screeners.toArray(new Screener[0]);
    this.admitters = admitters.toArray(new Admitter[0]);
    services = deployment.services();
    firstVariant = new int[services.size()];
    for (int s = 0; s < firstVariant.length; s++) {
      firstVariant[s] = deployment.firstVariant(s);
    }
    endpointsOfVariant = new long[deployment.variants().size()];
    for (int v = 0; v < endpointsOfVariant.length; v++) {
      for (int e = 0; e < deployment.endpoints().size(); e++) {
        endpointsOfVariant[v] |= deployment.endpoints().get(e).runs(v) ? 1L << e : 0;
      }
    }
  }

  /**
   * Screens the endpoints for a request.
   *
   * @return bit {@code e} set for each endpoint that runs a variant long and good enough, and that
   *     every screener permits
   */
  public long screen(RequestDescriptor request) {
    long permitted = able(request);
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

  private long able(RequestDescriptor request) {
    List<Variant> variants = services.get(request.service()).variants();
    long endpoints = 0;
    for (int i = 0; i < variants.size(); i++) {
      if (fits(request, variants.get(i))) {
        endpoints |= endpointsOfVariant[firstVariant[request.service()] + i];
      }
    }
    return endpoints;
  }

  private boolean fits(RequestDescriptor request, Variant variant) {
    double serviceFloor = services.get(request.service()).objective().qualityFloor();
    return variant.quality() >= serviceFloor
        && variant.quality() >= request.qualityFloor()
        && request.length() <= variant.maxLength();
  }

  /**
   * Admits or refuses.
   *
   * @param permitted endpoints left by {@link #screen}
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
    List<Variant> variants = services.get(request.service()).variants();
    boolean longEnough = false;
    boolean fits = false;
    for (int i = 0; i < variants.size(); i++) {
      longEnough |= request.length() <= variants.get(i).maxLength();
      fits |= fits(request, variants.get(i));
    }
    if (!longEnough) {
      return Reason.TOO_LONG;
    }
    if (!fits) {
      return Reason.QUALITY_FLOOR;
    }
    return able(request) == 0 ? Reason.NO_ENDPOINT : Reason.GOVERNANCE;
  }

  /** Returns why the last request was refused. */
  public Refusal refusal() {
    return refusal;
  }
}
