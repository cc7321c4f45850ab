package io.waip.scheduler.runtime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.admission.Admitter;
import io.waip.api.admission.Refusal;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.plan.Plan;
import io.waip.api.queue.OrderingPolicy;
import io.waip.api.record.DecisionRecorder;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import io.waip.scheduler.admission.AdmissionGate;
import io.waip.scheduler.admission.CeilingAdmitter;
import io.waip.scheduler.admission.LatenessAdmitter;
import io.waip.scheduler.admission.QueueCapacityAdmitter;
import io.waip.scheduler.admission.RateLimitAdmitter;
import io.waip.scheduler.execute.InFlightTable;
import io.waip.scheduler.feedback.FeedbackLog;
import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.queue.RequestQueues;
import io.waip.scheduler.queue.VirtualTimeFairness;
import io.waip.scheduler.route.Router;
import io.waip.scheduler.state.RequestTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The planner's policy: admission, queueing, batching and routing as one deterministic state
 * machine.
 *
 * <p><b>Threading:</b> single writer, as {@link Scheduler} says. <b>Allocation:</b> nothing per
 * request; a queue that grows beyond its longest so far doubles its ring, and a published plan
 * builds new tables. <b>Complexity:</b> arrival O(endpoints + tenants); a dispatch O(window log
 * window) for each service with queued work.
 */
public final class Engine implements Scheduler {
  private final Deployment deployment;
  private final LatencyModel model;
  private final EngineSettings settings;
  private final DecisionRecorder recorder;
  private final boolean isRecording;
  private final RequestTable requests;
  private final VirtualTimeFairness[] fairness = new VirtualTimeFairness[Tier.COUNT];
  private final RequestQueues queues;
  private final InFlightTable inFlight;
  private final FeedbackLog feedback;
  private final Router router;
  private final Load load;
  private final CeilingAdmitter ceilings;
  private final AdmissionGate gate;
  private final Dispatcher dispatcher;
  private PlanTable plan;
  private long nextExpiryNanos = Long.MAX_VALUE;
  private long armedNanos = Long.MAX_VALUE;
  private boolean stopping;

  /**
   * Creates an idle engine with every endpoint up.
   *
   * @throws IllegalArgumentException if the plan is not for the deployment, or the model knows
   *     nothing of a variant
   */
  public Engine(
      Deployment deployment, LatencyModel model, Plan firstPlan, EngineSettings settings) {
    this.deployment = deployment;
    this.model = model;
    this.settings = settings;
    recorder = settings.recorder();
    isRecording = !recorder.equals(DecisionRecorder.NONE);
    plan = new PlanTable(deployment, model, firstPlan);
    int maxBatch = deployment.variants().stream().mapToInt(v -> v.maxBatch()).max().orElseThrow();
    int rows = deployment.endpoints().stream().mapToInt(e -> e.maxInFlight()).sum();
    requests = new RequestTable(settings.queueCapacity() + rows * maxBatch);
    for (int tier = 0; tier < Tier.COUNT; tier++) {
      fairness[tier] = new VirtualTimeFairness(deployment.tenants(), fairnessSlackNanos());
    }
    boolean byDeadline = settings.ordering().equals(OrderingPolicy.EARLIEST_DEADLINE);
    queues =
        new RequestQueues(deployment, requests, fairness, settings.windowCapacity(), byDeadline);
    inFlight = new InFlightTable(rows, maxBatch);
    int services = deployment.services().size();
    feedback =
        new FeedbackLog(services, deployment.endpoints().size(), deployment.variants().size());
    router = new Router(plan);
    load = new Load(queues, router, feedback, settings.queueCapacity(), plan);
    ceilings = new CeilingAdmitter(plan);
    gate = new AdmissionGate(plan, settings.screeners(), admitters());
    dispatcher = new Dispatcher(this, maxBatch, settings.windowCapacity());
  }

  private List<Admitter> admitters() {
    List<Admitter> admitters = new ArrayList<>();
    admitters.add(new QueueCapacityAdmitter());
    admitters.add(new RateLimitAdmitter(deployment.tenants()));
    admitters.add(ceilings);
    admitters.add(new LatenessAdmitter());
    admitters.addAll(settings.admitters());
    return admitters;
  }

  private double fairnessSlackNanos() {
    return Math.min(plan.longestBatchNanos(), plan.tightestInteractiveNanos());
  }

  @Override
  public void arrived(long nowNanos, RequestDescriptor request, Decisions out) {
    check(request);
    feedback.relax(nowNanos);
    queues.shares().refresh(nowNanos, router.mostDevices());
    long permitted = gate.screen(request);
    long planned = gate.planned(request, permitted);
    if (isRecording) {
      recorder.screened(request.requestId(), planned, router.upMask());
    }
    if (stopping) {
      end(request.requestId(), Outcome.REJECTED, Reason.SHUTDOWN, 0, out);
    } else if (!gate.admit(nowNanos, request, planned, router.upMask(), load)) {
      Refusal refusal = gate.refusal();
      noteRefused(nowNanos, request, refusal.reason());
      end(request.requestId(), Outcome.REJECTED, refusal.reason(), refusal.retryAfterNanos(), out);
    } else {
      enqueue(nowNanos, request, permitted);
      advance(nowNanos, out);
    }
  }

  private void check(RequestDescriptor request) {
    if (request.service() < 0 || request.service() >= deployment.services().size()) {
      throw new IllegalArgumentException("no service has index " + request.service());
    }
    if (request.tenant() < 0 || request.tenant() >= deployment.tenants().size()) {
      throw new IllegalArgumentException("no tenant has index " + request.tenant());
    }
    if (request.length() < 1) {
      throw new IllegalArgumentException("length must be >= 1, is " + request.length());
    }
    if (requests.slotOf(request.requestId()) != RequestTable.NONE) {
      throw new IllegalArgumentException("request id in use: " + request.requestId());
    }
  }

  /** What is refused for load was asked for all the same. */
  private void noteRefused(long nowNanos, RequestDescriptor request, Reason reason) {
    if (reason == Reason.PREDICTED_LATE || reason == Reason.QUEUE_FULL) {
      noteOffered(nowNanos, request, workNanos(request));
      dispatcher.noteLoss(request.tier());
    }
  }

  private void noteOffered(long nowNanos, RequestDescriptor request, double work) {
    if (request.tier() != Tier.OFFLINE) {
      queues.shares().offered(nowNanos, request.tenant(), work);
    }
  }

  private double workNanos(RequestDescriptor request) {
    var reference = plan.variant(plan.firstVariant(request.service()));
    return reference.efficientNanos(reference.cell(request.length()));
  }

  private void enqueue(long nowNanos, RequestDescriptor request, long permitted) {
    double work = workNanos(request);
    noteOffered(nowNanos, request, work);
    int slot = requests.add(request, settings.ordering().key(request), permitted, work);
    queues.add(slot);
    nextExpiryNanos = Math.min(nextExpiryNanos, request.deadlineNanos());
    dispatcher.noteArrival(nowNanos, request);
  }

  @Override
  public void completed(long nowNanos, long dispatchId, long executionNanos, Decisions out) {
    int row = inFlight.rowOf(dispatchId);
    if (row == InFlightTable.NONE) {
      return;
    }
    int endpoint = inFlight.endpoint(row);
    int variant = inFlight.variant(row);
    var table = plan.variant(variant);
    double median =
        table.nanos(inFlight.size(row), table.cell(inFlight.paddedLength(row))) / table.margin();
    // An edge that a plan before this one had is predicted as the next longer one now.
    long taught = table.isShape(inFlight.paddedLength(row)) ? executionNanos : 0;
    feedback.executed(nowNanos, endpoint, variant, median, taught);
    if (executionNanos > 0) {
      correctCharges(row, executionNanos);
    }
    for (int i = 0; i < inFlight.size(row); i++) {
      answer(nowNanos, inFlight.member(row, i), out);
    }
    close(nowNanos, row, true, out);
  }

  private void correctCharges(int row, long executionNanos) {
    double total = 0;
    for (int i = 0; i < inFlight.size(row); i++) {
      total += requests.work(inFlight.member(row, i));
    }
    double error = executionNanos - inFlight.predictedNanos(row);
    for (int i = 0; i < inFlight.size(row); i++) {
      int slot = inFlight.member(row, i);
      double share = requests.work(slot) / total;
      fairness[requests.tier(slot).ordinal()].charge(requests.tenant(slot), error * share);
    }
  }

  private void answer(long nowNanos, int slot, Decisions out) {
    if (!requests.hasEnded(slot)) {
      feedback.answered(requests.service(slot), nowNanos - requests.arrivalNanos(slot));
      boolean inTime = nowNanos <= requests.deadlineNanos(slot);
      Outcome outcome = inTime ? Outcome.COMPLETED : Outcome.LATE;
      if (!inTime) {
        dispatcher.noteLoss(requests.tier(slot));
      }
      end(requests.requestId(slot), outcome, Reason.NONE, 0, out);
    }
    requests.release(slot);
  }

  @Override
  public void failed(long nowNanos, long dispatchId, Decisions out) {
    int row = inFlight.rowOf(dispatchId);
    if (row == InFlightTable.NONE) {
      return;
    }
    for (int i = 0; i < inFlight.size(row); i++) {
      int slot = inFlight.member(row, i);
      if (!requests.hasEnded(slot)) {
        end(requests.requestId(slot), Outcome.FAILED, Reason.EXECUTION_ERROR, 0, out);
      }
      requests.release(slot);
    }
    close(nowNanos, row, false, out);
  }

  private void close(long nowNanos, int row, boolean succeeded, Decisions out) {
    router.ended(nowNanos, inFlight.endpoint(row), inFlight.variant(row), succeeded);
    inFlight.close(row);
    advance(nowNanos, out);
  }

  @Override
  public void cancelled(long nowNanos, long requestId, Decisions out) {
    int slot = requests.slotOf(requestId);
    if (slot == RequestTable.NONE) {
      return;
    }
    end(requestId, Outcome.CANCELLED, Reason.CLIENT, 0, out);
    if (requests.dispatchId(slot) == 0) {
      queues.remove(slot);
      requests.release(slot);
    } else {
      requests.endEarly(slot);
    }
    advance(nowNanos, out);
  }

  @Override
  public void timer(long nowNanos, Decisions out) {
    armedNanos = Long.MAX_VALUE;
    advance(nowNanos, out);
  }

  @Override
  public void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions out) {
    if (endpoint < 0 || endpoint >= deployment.endpoints().size()) {
      throw new IllegalArgumentException("no endpoint has index " + endpoint);
    }
    router.state(endpoint, state);
    advance(nowNanos, out);
  }

  @Override
  public void planPublished(long nowNanos, Plan newPlan, Decisions out) {
    PlanTable old = plan;
    plan = new PlanTable(deployment, model, newPlan);
    for (int v = 0; v < deployment.variants().size(); v++) {
      feedback.rebase(v, plan.variant(v).logRatio(old.variant(v)));
    }
    router.plan(plan);
    gate.plan(plan);
    ceilings.plan(plan);
    load.plan(plan);
    dispatcher.plan(plan);
    for (VirtualTimeFairness tier : fairness) {
      tier.slack(fairnessSlackNanos());
    }
    advance(nowNanos, out);
  }

  @Override
  public void shutdown(long nowNanos, Decisions out) {
    stopping = true;
    for (int slot = queues.removeAny(); slot != RequestTable.NONE; slot = queues.removeAny()) {
      evict(slot, Reason.SHUTDOWN, out);
    }
    advance(nowNanos, out);
  }

  private void advance(long nowNanos, Decisions out) {
    if (nowNanos >= nextExpiryNanos) {
      evictExpired(nowNanos, out);
    }
    dispatcher.run(nowNanos, out);
    arm(nowNanos, out);
  }

  private void evictExpired(long nowNanos, Decisions out) {
    int slot = queues.removeExpired(nowNanos);
    while (slot != RequestTable.NONE) {
      dispatcher.noteLoss(requests.tier(slot));
      evict(slot, Reason.EXPIRED, out);
      slot = queues.removeExpired(nowNanos);
    }
    nextExpiryNanos = queues.earliestDeadlineNanos();
  }

  private void arm(long nowNanos, Decisions out) {
    if (queues.queued() == 0) {
      nextExpiryNanos = Long.MAX_VALUE;
    }
    long wake = Math.min(nextExpiryNanos, dispatcher.wakeNanos());
    if (queues.queued() > 0 && router.anyFree()) {
      wake = Math.min(wake, router.nextTrialNanos(nowNanos));
    }
    if (wake != armedNanos) {
      armedNanos = wake;
      out.wakeAt(wake);
    }
  }

  /** Ends a request that is no longer in a queue and did not run. */
  void evict(int slot, Reason reason, Decisions out) {
    end(requests.requestId(slot), Outcome.EVICTED, reason, 0, out);
    requests.release(slot);
  }

  private void end(
      long requestId, Outcome outcome, Reason reason, long retryAfterNanos, Decisions out) {
    feedback.ended(outcome, reason);
    out.ended(requestId, outcome, reason, retryAfterNanos);
  }

  /** Returns the measurements; see there who may read them. */
  public FeedbackLog feedback() {
    return feedback;
  }

  /** Returns the number of queued requests. */
  public int queued() {
    return queues.queued();
  }

  /** Returns the number of batches in flight. */
  public int inFlight() {
    return inFlight.inFlight();
  }

  DecisionRecorder recorder() {
    return recorder;
  }

  boolean isRecording() {
    return isRecording;
  }

  RequestTable requests() {
    return requests;
  }

  RequestQueues queues() {
    return queues;
  }

  InFlightTable inFlightTable() {
    return inFlight;
  }

  Router router() {
    return router;
  }

  Load load() {
    return load;
  }

  PlanTable plan() {
    return plan;
  }

  VirtualTimeFairness fairness(Tier tier) {
    return fairness[tier.ordinal()];
  }
}
