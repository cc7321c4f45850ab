package io.waip.scheduler.route;

import io.waip.api.deployment.Endpoint;
import io.waip.api.record.Constraint;
import io.waip.api.route.CandidateView;
import io.waip.api.route.Filter;
import io.waip.api.route.Picker;
import io.waip.api.route.Scorer;
import io.waip.api.schedule.EndpointState;
import io.waip.scheduler.plan.PlanTable;
import java.util.Arrays;
import java.util.List;

/**
 * Knows which endpoints take work and which variants may serve. The door of the route step.
 *
 * <p>Filters run first (runs there, share that quality floor and plan leave it, breaker), then a
 * scorer ranks the rest and a picker names the preferred one: by default the highest quality, since
 * cheaper variants are tried when it cannot keep up. Single writer; allocates nothing after
 * construction.
 */
public final class Router {
  /** What each filter stands for, in their order. */
  private static final Constraint[] REMOVED_BY = {
    Constraint.RUNS_ELSEWHERE, Constraint.QUALITY_FLOOR, Constraint.BREAKER
  };

  private final List<Endpoint> endpoints;
  private final EndpointState[] states;
  private final long[] busyUntilNanos;
  private final int[] inFlight;
  private final Breaker breaker;
  private final VariantCandidates candidates = new VariantCandidates();
  private final VariantShares shares;
  private final Filter[] filters;
  private final long[] removed = new long[Constraint.COUNT];
  private final Scorer scorer;
  private final Picker picker;
  private final double[] scores = new double[Long.SIZE];
  private final double[] devices;
  private double mostDevices;
  private PlanTable plan;
  private int up;

  /** Starts with every endpoint up. */
  public Router(PlanTable plan) {
    this.plan = plan;
    endpoints = plan.deployment().endpoints();
    int count = endpoints.size();
    states = new EndpointState[count];
    Arrays.fill(states, EndpointState.UP);
    busyUntilNanos = new long[count];
    inFlight = new int[count];
    breaker = new Breaker(count, plan.deployment().variants().size());
    filters = new Filter[] {this::runsThere, this::keepsQuality, this::breakerPermits};
    shares = new VariantShares(plan);
    scorer = Router::byQuality;
    picker = Picker.MAX_SCORE;
    up = count;
    devices = new double[plan.deployment().services().size()];
    countDevices();
  }

  /** Sets the plan in force. */
  public void plan(PlanTable current) {
    plan = current;
    shares.plan(current);
    countDevices();
  }

  /** Changes the state of an endpoint. */
  public void state(int endpoint, EndpointState state) {
    states[endpoint] = state;
    up = 0;
    for (EndpointState each : states) {
      if (each == EndpointState.UP) {
        up++;
      }
    }
    countDevices();
  }

  private void countDevices() {
    mostDevices = 0;
    for (int e = 0; e < states.length; e++) {
      mostDevices += states[e] == EndpointState.UP ? fastestPace(e) : 0;
    }
    for (int s = 0; s < devices.length; s++) {
      devices[s] = 0;
      for (int e = 0; e < states.length; e++) {
        devices[s] += states[e] == EndpointState.UP ? pace(s, e) : 0;
      }
    }
  }

  private double fastestPace(int endpoint) {
    double fastest = 0;
    for (int v = 0; v < plan.deployment().variants().size(); v++) {
      boolean serves = endpoints.get(endpoint).runs(v) && plan.maxShare(v) > 0;
      fastest = serves ? Math.max(fastest, plan.pace(v)) : fastest;
    }
    return fastest;
  }

  /**
   * Returns how many endpoints are up, each counted by how much faster than its service's reference
   * the fastest variant is that it runs: no more reference time can be served.
   */
  public double mostDevices() {
    return mostDevices;
  }

  /**
   * Returns how much faster than the service's reference the variant of highest quality is that an
   * endpoint runs; 0 where it runs none.
   */
  public double pace(int service, int endpoint) {
    double quality = -1;
    double pace = 0;
    for (int v = plan.firstVariant(service); v < plan.endVariant(service); v++) {
      if (endpoints.get(endpoint).runs(v)
          && plan.maxShare(v) > 0
          && plan.variant(v).quality() > quality) {
        quality = plan.variant(v).quality();
        pace = plan.pace(v);
      }
    }
    return pace;
  }

  /**
   * Returns how many endpoints a service has up, each counted by its {@link #pace}; 1 where none is
   * up.
   */
  public double devices(int service) {
    return devices[service] > 0 ? devices[service] : 1;
  }

  /** Returns the number of endpoints that are up. */
  public int up() {
    return up;
  }

  /** Says whether an endpoint is up. */
  public boolean isUp(int endpoint) {
    return states[endpoint] == EndpointState.UP;
  }

  /** Says whether an endpoint can take a batch now. */
  public boolean isFree(int endpoint) {
    return states[endpoint] == EndpointState.UP
        && inFlight[endpoint] < endpoints.get(endpoint).maxInFlight();
  }

  /** Says whether any endpoint can take a batch now. */
  public boolean anyFree() {
    for (int e = 0; e < states.length; e++) {
      if (isFree(e)) {
        return true;
      }
    }
    return false;
  }

  /** Returns when an endpoint other than {@code except} is predicted to be free next. */
  public long nextFreeNanos(long nowNanos, int except) {
    long next = Long.MAX_VALUE;
    for (int e = 0; e < states.length; e++) {
      if (e != except && states[e] == EndpointState.UP) {
        next = Math.min(next, isFree(e) ? nowNanos : Math.max(nowNanos, busyUntilNanos[e]));
      }
    }
    return next;
  }

  /**
   * Returns how long, from now on, some endpoint other than {@code except} gets free at least once
   * in every {@code gapNanos}, as predicted, and one gap more.
   *
   * @param gapNanos {@code >= 0}
   */
  public long coveredNanos(long nowNanos, int except, long gapNanos) {
    long until = nowNanos;
    boolean reaches = true;
    while (reaches) {
      long latest = until;
      for (int e = 0; e < states.length; e++) {
        if (e != except && states[e] == EndpointState.UP && busyUntilNanos[e] <= until + gapNanos) {
          latest = Math.max(latest, isFree(e) ? nowNanos : busyUntilNanos[e]);
        }
      }
      reaches = latest > until;
      until = latest;
    }
    return until + gapNanos;
  }

  /**
   * Takes note of a batch given to an endpoint.
   *
   * @param size its requests
   */
  public void dispatched(int endpoint, int variant, int size, long predictedEndNanos) {
    inFlight[endpoint]++;
    shares.dispatched(variant, size);
    breaker.dispatched(endpoint, variant);
    busyUntilNanos[endpoint] = predictedEndNanos;
  }

  /** Takes note of the end of a batch. */
  public void ended(long nowNanos, int endpoint, int variant, boolean succeeded) {
    inFlight[endpoint]--;
    if (succeeded) {
      breaker.succeeded(endpoint, variant);
    } else {
      breaker.failed(nowNanos, endpoint, variant);
    }
  }

  /** Returns the variants of a service that an endpoint may run now, one bit each. */
  public long allowedVariants(long nowNanos, int service, int endpoint) {
    candidates.describe(plan, service, endpoint);
    long keep = -1L >>> (Long.SIZE - candidates.count());
    int first = plan.firstVariant(service);
    for (int i = 0; i < filters.length; i++) {
      long before = keep;
      keep = filters[i].filter(nowNanos, candidates, keep);
      removed[REMOVED_BY[i].ordinal()] = (before & ~keep) << first;
    }
    return keep << first;
  }

  /** Returns the variants that a constraint removed in the last answer, one bit each. */
  public long removedVariants(Constraint constraint) {
    return removed[constraint.ordinal()];
  }

  /** Returns the preferred one of some variants of a service, as a mask of one bit, or 0. */
  public long preferredVariant(long nowNanos, int service, int endpoint, long allowed) {
    candidates.describe(plan, service, endpoint);
    scorer.score(nowNanos, candidates, scores);
    int first = plan.firstVariant(service);
    int picked = picker.pick(scores, candidates.count(), allowed >>> first);
    return picked < 0 ? 0 : 1L << (first + picked);
  }

  /** Returns the endpoints that are up, one bit each. */
  public long upMask() {
    long mask = 0;
    for (int e = 0; e < states.length; e++) {
      if (states[e] == EndpointState.UP) {
        mask |= 1L << e;
      }
    }
    return mask;
  }

  /** Returns when the next open breaker lets a trial through, or {@link Long#MAX_VALUE}. */
  public long nextTrialNanos(long nowNanos) {
    return breaker.nextTrialNanos(nowNanos);
  }

  private long runsThere(long nowNanos, CandidateView view, long keep) {
    long kept = keep;
    for (int i = 0; i < view.count(); i++) {
      if (!endpoints.get(view.endpoint(i)).runs(view.variant(i))) {
        kept &= ~(1L << i);
      }
    }
    return kept;
  }

  private long keepsQuality(long nowNanos, CandidateView view, long keep) {
    long kept = keep;
    for (int i = 0; i < view.count(); i++) {
      if (!shares.permits(view.variant(i))) {
        kept &= ~(1L << i);
      }
    }
    return kept;
  }

  private long breakerPermits(long nowNanos, CandidateView view, long keep) {
    long kept = keep;
    for (int i = 0; i < view.count(); i++) {
      if (!breaker.permits(nowNanos, view.endpoint(i), view.variant(i))) {
        kept &= ~(1L << i);
      }
    }
    return kept;
  }

  private static void byQuality(long nowNanos, CandidateView view, double[] scores) {
    for (int i = 0; i < view.count(); i++) {
      scores[i] = view.quality(i);
    }
  }
}
