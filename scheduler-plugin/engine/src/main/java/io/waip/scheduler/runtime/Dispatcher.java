package io.waip.scheduler.runtime;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Decisions;
import io.waip.scheduler.batch.BatchFormer;
import io.waip.scheduler.batch.BurstWatch;
import io.waip.scheduler.batch.Candidate;
import io.waip.scheduler.batch.OfflineFiller;
import io.waip.scheduler.batch.RankedRuns;
import io.waip.scheduler.batch.Situation;
import io.waip.scheduler.execute.InFlightTable;
import io.waip.scheduler.execute.RowBatch;
import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.queue.OfflinePromise;
import io.waip.scheduler.queue.RequestQueues;
import io.waip.scheduler.route.Degradation;
import io.waip.scheduler.route.Router;
import io.waip.scheduler.state.RequestTable;
import io.waip.scheduler.state.Window;

/**
 * Gives free endpoints their next batch: forms the best batch of each service and dispatches the
 * best of them.
 *
 * <p>Single writer; allocates nothing after construction.
 */
final class Dispatcher {
  /** Whatever the objective, one request after the other must not be held up. */
  private static final long LONGEST_GATHER_NANOS = 500_000;

  /** Offline batches are kept short for this long after the last request of another tier. */
  private static final long URGENT_TRAFFIC_NANOS = 10_000_000_000L;

  /** Weight of one request in the share that was lost of late. */
  private static final double LOSS_WEIGHT = 1.0 / 4096;

  /** With a larger share lost, offline work keeps to the plan's quantum. */
  private static final double CALM_LOST_SHARE = 0.003;

  /** Batches are of whole requests and end a little before a bound. */
  private static final double GAP_FACTOR = 1.05;

  private final Engine engine;
  private final RequestTable requests;
  private final RequestQueues queues;
  private final InFlightTable inFlight;
  private final Router router;
  private final Load load;
  private final BatchFormer former;
  private final Deliberation deliberation;
  private final OfflineFiller filler;
  private final RowBatch view;
  private final Window[] windows;
  private final Situation[] situations;
  private final Degradation degradation;
  private final BurstWatch bursts;
  private final OfflinePromise promise = new OfflinePromise();
  private final Candidate trial;
  private final Candidate best;
  private PlanTable plan;
  private boolean trialDue;
  private boolean bestDue;
  private long lastUrgentArrivalNanos = Long.MIN_VALUE;
  private double lostShare;
  private long wakeNanos = Long.MAX_VALUE;

  Dispatcher(Engine engine, int maxBatch, int windowCapacity) {
    this.engine = engine;
    requests = engine.requests();
    queues = engine.queues();
    inFlight = engine.inFlightTable();
    router = engine.router();
    load = engine.load();
    plan = engine.plan();
    RankedRuns ranked = new RankedRuns(engine.isRecording());
    former = new BatchFormer(windowCapacity, ranked);
    deliberation = new Deliberation(engine, former, ranked, windowCapacity);
    filler = new OfflineFiller(windowCapacity);
    view = new RowBatch(inFlight, requests);
    int services = plan.deployment().services().size();
    windows = new Window[services];
    situations = new Situation[services];
    for (int s = 0; s < services; s++) {
      windows[s] = new Window(requests, windowCapacity);
      situations[s] = new Situation(windows[s], plan);
    }
    degradation = new Degradation(services);
    bursts = new BurstWatch(services);
    trial = new Candidate(maxBatch);
    best = new Candidate(maxBatch);
    watchBursts();
  }

  void plan(PlanTable current) {
    plan = current;
    deliberation.plan(current);
    watchBursts();
    for (Situation situation : situations) {
      situation.plan(current);
    }
  }

  private void watchBursts() {
    for (int s = 0; s < windows.length; s++) {
      long objective = plan.deployment().services().get(s).objective().latency().toNanos();
      long wait = Math.round(objective * plan.servicePlan(s).gatherShare());
      bursts.longestWait(s, Math.min(wait, LONGEST_GATHER_NANOS));
    }
  }

  /** Takes note of an admitted request. */
  void noteArrival(long nowNanos, RequestDescriptor request) {
    bursts.arrived(request.service(), nowNanos);
    if (request.tier() != Tier.OFFLINE) {
      lastUrgentArrivalNanos = nowNanos;
      lostShare -= LOSS_WEIGHT * lostShare;
    }
  }

  /** Takes note of a request that was refused for load, left the queue too late or ran late. */
  void noteLoss(Tier tier) {
    lostShare += tier == Tier.OFFLINE ? 0 : LOSS_WEIGHT * (1 - lostShare);
  }

  /** Returns when a deferred batch is to be looked at again, or {@link Long#MAX_VALUE}. */
  long wakeNanos() {
    return wakeNanos;
  }

  /** Dispatches until no endpoint is free or nothing can be served. */
  void run(long nowNanos, Decisions out) {
    wakeNanos = Long.MAX_VALUE;
    promise.advance(nowNanos, offlineShare() * router.up());
    boolean dispatched = true;
    while (dispatched && queues.queued() > 0) {
      dispatched = dispatchToFree(nowNanos, out);
    }
    promise.waiting(offlineWaits());
  }

  /**
   * Goes through the endpoints once; returns whether any was given work. Where more was queued than
   * a window holds, an endpoint that found nothing in it may find something after the others.
   */
  private boolean dispatchToFree(long nowNanos, Decisions out) {
    boolean any = false;
    for (int e = 0; e < plan.deployment().endpoints().size() && queues.queued() > 0; e++) {
      boolean dispatched = true;
      while (dispatched && queues.queued() > 0 && router.isFree(e)) {
        dispatched = dispatchOne(nowNanos, e, out);
        any |= dispatched;
      }
    }
    return any;
  }

  private boolean offlineWaits() {
    for (int s = 0; s < windows.length; s++) {
      if (queues.queued(s, Tier.OFFLINE) > 0) {
        return true;
      }
    }
    return false;
  }

  private double offlineShare() {
    double share = 0;
    for (int s = 0; s < windows.length; s++) {
      share = Math.max(share, plan.servicePlan(s).offlineShare());
    }
    return share;
  }

  private boolean dispatchOne(long nowNanos, int endpoint, Decisions out) {
    int service = choose(nowNanos, endpoint, true, out);
    if (service < 0) {
      service = choose(nowNanos, endpoint, false, out);
    }
    if (service < 0) {
      return false;
    }
    dispatch(nowNanos, endpoint, service, out);
    return true;
  }

  /** Leaves the best batch in {@link #best} and returns its service, or -1. */
  private int choose(long nowNanos, int endpoint, boolean fair, Decisions out) {
    best.clear();
    int chosen = -1;
    for (int s = 0; s < windows.length; s++) {
      if (queues.queued(s) > 0 && form(nowNanos, s, endpoint, fair, out)) {
        if (chosen < 0 || precedes(nowNanos, endpoint)) {
          best.copyFrom(trial);
          bestDue = trialDue;
          chosen = s;
        }
      }
    }
    return chosen;
  }

  /** Says whether the trial batch goes before the best so far. */
  private boolean precedes(long nowNanos, int endpoint) {
    if (trialDue != bestDue) {
      return trialDue;
    }
    boolean trialLostByWaiting = lostByWaiting(nowNanos, endpoint, trial, best);
    boolean bestLostByWaiting = lostByWaiting(nowNanos, endpoint, best, trial);
    return trialLostByWaiting == bestLostByWaiting
        ? trial.score() > best.score()
        : trialLostByWaiting;
  }

  private boolean lostByWaiting(long nowNanos, int endpoint, Candidate waits, Candidate goes) {
    if (waits.earliestDeadline() == RequestDescriptor.NO_DEADLINE) {
      return false;
    }
    long next =
        Math.min(nowNanos + goes.predictedNanos(), router.nextFreeNanos(nowNanos, endpoint));
    return waits.earliestDeadline() - waits.predictedNanos() < next;
  }

  /** Forms a service's batch in {@link #trial}; false if there is none to dispatch now. */
  private boolean form(long nowNanos, int service, int endpoint, boolean fair, Decisions out) {
    deliberation.at(service, endpoint, fair);
    boolean formed = formNow(nowNanos, service, endpoint, fair, out);
    if (engine.isRecording()) {
      deliberation.tell(windows[service], situations[service], trial);
    }
    return formed;
  }

  private boolean formNow(long nowNanos, int service, int endpoint, boolean fair, Decisions out) {
    trial.clear();
    windows[service].clear();
    long allowed = router.allowedVariants(nowNanos, service, endpoint);
    if (allowed == 0) {
      return false;
    }
    fillWithoutHopeless(nowNanos, service, endpoint, fair, out);
    if (windows[service].size() == 0) {
      return false;
    }
    keepShort(nowNanos, service, endpoint, allowed);
    Situation situation = describe(nowNanos, service, endpoint, allowed);
    former.form(situation, trial);
    trialDue = situation.offlineOnly();
    if (trialDue && trial.isEmpty()) {
      trialDue = false;
      former.form(situation.offline(false, situation.offlineEndNanos()), trial);
    }
    filler.fill(situation, trial);
    return !trial.isEmpty() && !defer(nowNanos, service, situation);
  }

  private Situation describe(long nowNanos, int service, int endpoint, long allowed) {
    ServicePlan parameters = plan.servicePlan(service);
    boolean degraded =
        degradation.update(service, load.drainNanos(service), parameters.degradeBacklogNanos());
    long preferred = router.preferredVariant(nowNanos, service, endpoint, allowed);
    Situation situation = situations[service];
    for (int v = plan.firstVariant(service); v < plan.endVariant(service); v++) {
      double margin = plan.variant(v).margin();
      situation.correction(v, engine.feedback().planning(endpoint, v, margin));
    }
    boundOfflineWork(nowNanos, service, endpoint);
    return situation
        .at(nowNanos, service)
        .variants(degraded ? allowed : preferred, allowed)
        .pace(router.pace(service, endpoint))
        .endpoints(router.up(), router.nextFreeNanos(nowNanos, endpoint));
  }

  /**
   * Bounds batches while offline work waits beside requests with deadlines. While few of these are
   * lost, endpoints are kept getting free one after the other: what arrives waits for one at most a
   * gap, and then for a batch as long as the other gaps together.
   */
  private void boundOfflineWork(long nowNanos, int service, int endpoint) {
    Situation situation = situations[service];
    situation.urgent(Long.MAX_VALUE).offline(false, Long.MAX_VALUE);
    long quantum = quantumNanos(nowNanos, plan.servicePlan(service));
    boolean offlineWaits = windows[service].size() > windows[service].deadlineCount();
    if (!offlineWaits || quantum == Long.MAX_VALUE) {
      return;
    }
    boolean due = promise.isDue(quantum);
    if (lostShare > CALM_LOST_SHARE) {
      situation.offline(due, nowNanos + quantum);
      return;
    }
    double gap = GAP_FACTOR * plan.tightestInteractiveNanos() / (router.up() + 1);
    long end = router.coveredNanos(nowNanos, endpoint, Math.max(quantum / 2, Math.round(gap)));
    situation.urgent(end).offline(due, end);
  }

  /** Returns the longest batch with offline work in it, or {@link Long#MAX_VALUE}. */
  private long quantumNanos(long nowNanos, ServicePlan parameters) {
    if (lastUrgentArrivalNanos == Long.MIN_VALUE
        || nowNanos - lastUrgentArrivalNanos > URGENT_TRAFFIC_NANOS) {
      return Long.MAX_VALUE;
    }
    return Math.round(plan.tightestInteractiveNanos() * parameters.offlineQuantum());
  }

  private boolean defer(long nowNanos, int service, Situation situation) {
    if (trial.size() < queues.queued(service)) {
      return false;
    }
    long until = former.deferUntilNanos(situation, trial);
    if (!plan.servicePlan(service).deferral()) {
      until = Math.min(until, bursts.untilNanos(service));
    }
    if (until <= nowNanos) {
      return false;
    }
    wakeNanos = Math.min(wakeNanos, until);
    deliberation.deferred(until);
    return true;
  }

  /** Fills the window; requests that can no longer be answered in time leave the queue. */
  private void fillWithoutHopeless(
      long nowNanos, int service, int endpoint, boolean fair, Decisions out) {
    Window window = windows[service];
    load.readCorrections(service);
    boolean evicted = true;
    while (evicted) {
      evicted = false;
      queues.fill(window, service, endpoint, fair);
      plan.lengths(service).pad(window);
      for (int i = 0; i < window.deadlineCount(); i++) {
        long alone = load.aloneAsRead(service, window.length(i));
        if (alone > 0 && nowNanos + alone > window.deadline(i)) {
          queues.remove(window.slot(i));
          noteLoss(requests.tier(window.slot(i)));
          engine.evict(window.slot(i), Reason.EXPIRED, out);
          evicted = true;
        }
      }
    }
  }

  /**
   * Keeps batches short while a tenant inside its share is to be protected from others and no other
   * endpoint is soon free: what arrives just after the start must still be in time after the end.
   */
  private void keepShort(long nowNanos, int service, int endpoint, long allowed) {
    long end = nowNanos + plan.tightestInteractiveNanos() / 2;
    if (!queues.shares().anyProtected() || router.nextFreeNanos(nowNanos, endpoint) <= end) {
      return;
    }
    Window window = windows[service];
    for (int i = 0; i < window.deadlineCount(); i++) {
      long alone = slowestAloneNanos(endpoint, allowed, window.length(i));
      window.endBy(i, Math.max(end, nowNanos + alone));
    }
  }

  /** Returns the longest that a request takes alone, so that a bound keeps none from running. */
  private long slowestAloneNanos(int endpoint, long allowed, int length) {
    double slowest = 0;
    for (long rest = allowed; rest != 0; rest &= rest - 1) {
      int v = Long.numberOfTrailingZeros(rest);
      VariantTable table = plan.variant(v);
      if (length <= table.maxLength()) {
        double nanos = table.nanos(1, table.cell(length));
        slowest = Math.max(slowest, nanos * engine.feedback().correction(endpoint, v));
      }
    }
    return (long) Math.ceil(slowest);
  }

  private void dispatch(long nowNanos, int endpoint, int service, Decisions out) {
    Window window = windows[service];
    int row = inFlight.open(nowNanos, endpoint, best.variant());
    long id = inFlight.dispatchId(row);
    double total = 0;
    double offline = 0;
    for (int i = 0; i < best.size(); i++) {
      int position = best.position(i);
      window.take(position);
      requests.dispatched(window.slot(position), id);
      inFlight.add(row, window.slot(position));
      total += window.work(position);
      offline += position >= window.deadlineCount() ? window.work(position) : 0;
    }
    queues.removeDispatched(window);
    bursts.dispatched(service, queues.queued(service) == 0);
    charge(row, best.predictedNanos() / total);
    promise.spend(best.predictedNanos() * offline / total, bestDue);
    inFlight.shape(row, best.paddedLength(), best.predictedNanos());
    router.dispatched(endpoint, best.variant(), best.size(), nowNanos + best.predictedNanos());
    out.dispatch(view.at(row));
  }

  private void charge(int row, double perWork) {
    for (int i = 0; i < inFlight.size(row); i++) {
      int slot = inFlight.member(row, i);
      engine
          .fairness(requests.tier(slot))
          .charge(requests.tenant(slot), requests.work(slot) * perWork);
    }
  }
}
