package io.waip.scheduler.admission;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.LoadView;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Service;
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
  private final int[] longest;
  private final double[] bestQuality;
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
    int services = deployment.services().size();
    longest = new int[services];
    bestQuality = new double[services];
    for (int s = 0; s < services; s++) {
      Service service = deployment.services().get(s);
      longest[s] = service.variants().stream().mapToInt(v -> v.maxLength()).max().orElseThrow();
      bestQuality[s] =
          service.variants().stream().mapToDouble(v -> v.quality()).max().orElseThrow();
    }
  }

  /**
   * Screens the endpoints for a request.
   *
   * @param candidates bit {@code e} set for each endpoint that runs the service
   * @return those that every screener permits
   */
  public long screen(RequestDescriptor request, long candidates) {
    long permitted = candidates;
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

  /**
   * Admits or refuses.
   *
   * @param permitted endpoints left by {@link #screen}
   * @param up endpoints that are up
   * @return true to admit; else {@link #refusal} says why
   */
  public boolean admit(
      long nowNanos, RequestDescriptor request, long permitted, long up, LoadView load) {
    if (request.length() > longest[request.service()]) {
      return refusal.refuse(Reason.TOO_LONG, 0);
    }
    if (request.qualityFloor() > bestQuality[request.service()]) {
      return refusal.refuse(Reason.QUALITY_FLOOR, 0);
    }
    if (permitted == 0) {
      return refusal.refuse(Reason.GOVERNANCE, 0);
    }
    if ((permitted & up) == 0) {
      return refusal.refuse(Reason.NO_ENDPOINT, 0);
    }
    for (Admitter admitter : admitters) {
      if (!admitter.admit(nowNanos, request, load, refusal)) {
        return false;
      }
    }
    return true;
  }

  /** Returns why the last request was refused. */
  public Refusal refusal() {
    return refusal;
  }
}
