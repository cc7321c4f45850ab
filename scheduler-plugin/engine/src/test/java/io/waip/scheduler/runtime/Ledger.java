package io.waip.scheduler.runtime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.scheduler.runtime.Reached.Milestone;
import io.waip.scheduler.runtime.RequestBook.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the books of a driver and checks each decision of a scheduler against them.
 *
 * <p>Knows the deployment's rules and what was reported, nothing of the scheduler's inside.
 */
final class Ledger implements Decisions {
  /** A batch that runs. */
  record Running(long id, int endpoint, int variant, int padded, List<Integer> members) {}

  /** The event being carried out. */
  enum Event {
    ARRIVED,
    COMPLETED,
    FAILED,
    CANCELLED,
    TIMER,
    ENDPOINT,
    PLAN,
    SHUTDOWN
  }

  static final int FAILURES_TO_OPEN = 3;

  final RequestBook book = new RequestBook();
  final Rules rules;
  final Reached reached;
  final List<Running> running = new ArrayList<>();
  private final Refusals refusals;
  private final EndpointState[] states;
  private final int[] inFlight;
  private final int[][] failuresInRow;
  private final int capacity;
  private final int windowCapacity;
  private Event event = Event.TIMER;
  private long subject;
  private long nowNanos;
  private long wakeNanos = Long.MAX_VALUE;
  private long hash = 17;
  private boolean stopped;
  private Reason arrivalReason = Reason.NONE;
  private List<Integer> closing = List.of();

  Ledger(Scenario scenario, Reached reached) {
    this.reached = reached;
    rules = new Rules(scenario);
    refusals = new Refusals(scenario, this);
    states = new EndpointState[rules.endpoints()];
    Arrays.fill(states, EndpointState.UP);
    inFlight = new int[rules.endpoints()];
    failuresInRow = new int[rules.endpoints()][scenario.deployment.variants().size()];
    capacity = scenario.settings.queueCapacity();
    windowCapacity = scenario.settings.windowCapacity();
  }

  /** Opens the page of an event; the subject is a request, dispatch or endpoint as it fits. */
  void begin(Event kind, long now, long about) {
    event = kind;
    subject = about;
    nowNanos = now;
    reached.event();
    if (kind == Event.TIMER) {
      wakeNanos = Long.MAX_VALUE;
    } else if (kind == Event.SHUTDOWN) {
      stopped = true;
    }
  }

  void arriving(RequestDescriptor request) {
    refusals.arriving();
    arrivalReason = Reason.NONE;
    book.add(request);
  }

  void endpoint(int endpoint, EndpointState state) {
    states[endpoint] = state;
    if (state != EndpointState.UP && inFlight[endpoint] > 0) {
      reached.passed(Milestone.ENDPOINT_LOST_WITH_WORK);
    }
  }

  void plan(Plan plan) {
    rules.plan(plan);
  }

  /** Takes a batch off the endpoint that reports its end. */
  void reportEnd(Running batch, boolean succeeded) {
    running.remove(batch);
    inFlight[batch.endpoint()]--;
    int[] failures = failuresInRow[batch.endpoint()];
    failures[batch.variant()] = succeeded ? 0 : failures[batch.variant()] + 1;
    if (failures[batch.variant()] == FAILURES_TO_OPEN) {
      reached.passed(Milestone.BREAKER_OPEN);
    }
    for (int member : batch.members()) {
      if (book.state(member) == State.WITHDRAWN) {
        book.move(member, State.ENDED);
      }
    }
    closing = batch.members();
  }

  /** Checks that every request of the batch that just ended has an outcome. */
  void requireMembersEnded() {
    for (int member : closing) {
      Invariant.EVERY_REQUEST_ENDS.require(
          book.state(member) == State.ENDED, "request " + member + " outlived its batch");
    }
    closing = List.of();
  }

  @Override
  public void dispatch(Batch batch) {
    checkPlace(batch);
    checkMembers(batch);
    List<Integer> members = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      int member = (int) batch.requestId(i);
      members.add(member);
      book.move(member, State.RUNNING);
    }
    running.add(
        new Running(
            batch.dispatchId(), batch.endpoint(), batch.variant(), batch.paddedLength(), members));
    inFlight[batch.endpoint()]++;
    rules.dispatched(batch.variant(), batch.size());
    notice(batch, members);
    chain(batch.dispatchId(), batch.endpoint(), batch.variant(), batch.predictedNanos());
    chain(members.hashCode(), batch.paddedLength(), nowNanos, 1);
  }

  private void checkPlace(Batch batch) {
    for (Running other : running) {
      Invariant.DISPATCH_ID_FRESH.require(other.id() != batch.dispatchId(), "id " + other.id());
    }
    Invariant.DISPATCH_ID_FRESH.require(batch.dispatchId() != 0, "id 0");
    int e = batch.endpoint();
    Invariant.ENDPOINT_UP.require(states[e] == EndpointState.UP, "endpoint " + e + states[e]);
    Invariant.ENDPOINT_NOT_OVERCOMMITTED.require(
        inFlight[e] < rules.endpoint(e).maxInFlight(), "endpoint " + e + " has " + inFlight[e]);
    Invariant.ENDPOINT_RUNS_VARIANT.require(
        rules.hasVariant(batch.variant()) && rules.endpoint(e).runs(batch.variant()),
        "endpoint " + e + " variant " + batch.variant());
    int maxBatch = rules.maxBatch(batch.variant());
    Invariant.BATCH_NOT_OVERFULL.require(
        batch.size() >= 1 && batch.size() <= maxBatch, batch.size() + " of " + maxBatch);
    Invariant.SHARE_OF_VARIANT_HELD.require(
        rules.withinShare(batch.variant(), batch.size()), "variant " + batch.variant());
  }

  private void checkMembers(Batch batch) {
    int service = rules.serviceOf(batch.variant());
    int longest = 0;
    for (int i = 0; i < batch.size(); i++) {
      long id = batch.requestId(i);
      Invariant.ONLY_QUEUED_REQUESTS_RUN.require(
          book.state(id) == State.QUEUED && !repeats(batch, i),
          "request " + id + " is " + book.state(id));
      int r = (int) id;
      longest = Math.max(longest, book.length(r));
      Invariant.ONE_SERVICE_PER_BATCH.require(book.service(r) == service, "request " + id);
      Invariant.LENGTH_WITHIN_LIMIT.require(
          book.length(r) <= rules.variant(batch.variant()).maxLength(), "request " + id);
      Invariant.QUALITY_FLOOR_HELD.require(
          rules.fits(service, batch.variant(), book.length(r), book.floor(r)), "request " + id);
      Invariant.REGION_PERMITTED.require(
          rules.permits(book.region(r), batch.endpoint()), "request " + id);
      Invariant.DEADLINES_PREDICTED_MET.require(
          nowNanos + batch.predictedNanos() <= book.deadlineNanos(r)
              || book.deadlineNanos(r) == RequestDescriptor.NO_DEADLINE,
          "request " + id);
    }
    Invariant.PADDED_AS_PLANNED.require(
        batch.paddedLength() == rules.padded(service, longest),
        batch.paddedLength() + " for " + longest);
    Invariant.LENGTH_WITHIN_LIMIT.require(
        batch.paddedLength() <= rules.variant(batch.variant()).maxLength(),
        "padded to " + batch.paddedLength());
    if (batch.paddedLength() > longest) {
      reached.passed(Milestone.PADDED_TO_EDGE);
    }
    checkEqualLengths(batch, service);
  }

  private void checkEqualLengths(Batch batch, int service) {
    if (!rules.service(service).paddable()) {
      for (int i = 0; i < batch.size(); i++) {
        Invariant.EQUAL_LENGTHS_WITHOUT_PADDING.require(
            book.length((int) batch.requestId(i)) == batch.paddedLength(), "request " + i);
      }
    }
  }

  private static boolean repeats(Batch batch, int i) {
    for (int j = 0; j < i; j++) {
      if (batch.requestId(j) == batch.requestId(i)) {
        return true;
      }
    }
    return false;
  }

  private void notice(Batch batch, List<Integer> members) {
    boolean offline = true;
    boolean padded = false;
    for (int member : members) {
      offline &= book.tier(member) == Tier.OFFLINE;
      padded |= book.length(member) != batch.paddedLength();
    }
    if (padded) {
      reached.passed(Milestone.PADDED_BATCH);
    }
    if (members.size() == rules.maxBatch(batch.variant())) {
      reached.passed(Milestone.FULL_BATCH);
    }
    if (batch.variant() != rules.firstVariant(rules.serviceOf(batch.variant()))) {
      reached.passed(Milestone.CHEAPER_VARIANT_USED);
    }
    if (offline && hasServableWithDeadline(batch.endpoint())) {
      reached.passed(Milestone.OFFLINE_BEFORE_DEADLINES);
    }
  }

  private boolean hasServableWithDeadline(int endpoint) {
    for (int i = 0; i < book.queued(); i++) {
      int r = book.queuedAt(i);
      if (book.tier(r) != Tier.OFFLINE && servable(r, endpoint)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    State state = book.state(requestId);
    boolean open = state == State.QUEUED || state == State.RUNNING;
    Invariant.ONE_OUTCOME.require(open, "request " + requestId + " is " + state);
    Invariant.RETRY_HINT_NOT_NEGATIVE.require(retryAfterNanos >= 0, retryAfterNanos + " ns");
    int r = (int) requestId;
    boolean wasRunning = state == State.RUNNING;
    Invariant.OUTCOME_FITS_EVENT.require(
        fits(r, wasRunning, outcome, reason), outcome + " " + reason + " in " + event);
    if (outcome == Outcome.REJECTED) {
      arrivalReason = reason;
      refusals.check(r, reason, stopped);
    } else if (reason == Reason.EXPIRED) {
      refusals.checkExpiry(nowNanos, r);
    }
    boolean inFlightStill = wasRunning && outcome == Outcome.CANCELLED;
    book.move(r, inFlightStill ? State.WITHDRAWN : State.ENDED);
    reached.ended(outcome, reason);
    if (reason == Reason.QUEUE_FULL) {
      reached.passed(Milestone.QUEUE_FULL);
    }
    chain(requestId, outcome.ordinal(), reason.ordinal(), retryAfterNanos);
  }

  private boolean fits(int r, boolean wasRunning, Outcome outcome, Reason reason) {
    return switch (outcome) {
      case COMPLETED, LATE -> wasRunning && fitsAnswer(r, outcome == Outcome.LATE, reason);
      case REJECTED -> event == Event.ARRIVED && !wasRunning && r == subject;
      case EVICTED -> !wasRunning && fitsEviction(reason);
      case FAILED -> event == Event.FAILED && wasRunning && reason == Reason.EXECUTION_ERROR;
      case CANCELLED -> event == Event.CANCELLED && r == subject && reason == Reason.CLIENT;
    };
  }

  private boolean fitsAnswer(int r, boolean late, Reason reason) {
    return event == Event.COMPLETED
        && reason == Reason.NONE
        && late == (nowNanos > book.deadlineNanos(r));
  }

  private boolean fitsEviction(Reason reason) {
    return reason == Reason.EXPIRED || (reason == Reason.SHUTDOWN && event == Event.SHUTDOWN);
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
    chain(timeNanos, 3, 3, 3);
  }

  private void chain(long a, long b, long c, long d) {
    hash = (((hash * 31 + a) * 31 + b) * 31 + c) * 31 + d;
    hash ^= hash >>> 29;
  }

  /** Checks what must hold between events. */
  void finish() {
    Invariant.QUEUE_WITHIN_CAPACITY.require(
        book.queued() <= capacity, book.queued() + " of " + capacity);
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < book.queued(); i++) {
      earliest = Math.min(earliest, book.deadlineNanos(book.queuedAt(i)));
    }
    Invariant.TIMER_ARMED_FOR_DEADLINE.require(
        wakeNanos <= earliest, "wake at " + wakeNanos + " for deadline " + earliest);
    Invariant.NO_QUEUED_REQUEST_OUTLIVES_DEADLINE.require(
        event != Event.TIMER || earliest > nowNanos, "deadline " + earliest + " at " + nowNanos);
    if (event == Event.ARRIVED) {
      refusals.settled(nowNanos, (int) subject, arrivalReason);
    }
    if (book.queued() > 0) {
      checkWorkConserved();
    }
  }

  private void checkWorkConserved() {
    for (int e = 0; e < states.length; e++) {
      if (isFree(e)) {
        for (int i = 0; i < book.queued(); i++) {
          int r = book.queuedAt(i);
          if (servable(r, e)) {
            requireDeferred(r, e);
          }
        }
      }
    }
  }

  private void requireDeferred(int r, int endpoint) {
    boolean defers = rules.defers(book.service(r));
    if (defers) {
      reached.passed(Milestone.DEFERRED);
    }
    boolean beyondWindow = book.queued(book.service(r)) > windowCapacity;
    if (beyondWindow) {
      reached.passed(Milestone.WINDOW_EXCEEDED);
    }
    Invariant.WORK_CONSERVED.require(
        defers || beyondWindow, "request " + r + " waits beside free endpoint " + endpoint);
  }

  boolean isFree(int endpoint) {
    return states[endpoint] == EndpointState.UP
        && inFlight[endpoint] < rules.endpoint(endpoint).maxInFlight();
  }

  boolean isUp(int endpoint) {
    return states[endpoint] == EndpointState.UP;
  }

  boolean isIdle() {
    return book.queued() == 0 && running.isEmpty();
  }

  /** Says whether a request could surely start now on an endpoint and meet its deadline. */
  boolean servable(int r, int endpoint) {
    if (!rules.permits(book.region(r), endpoint)) {
      return false;
    }
    int service = book.service(r);
    for (int v = rules.firstVariant(service); v < rules.endVariant(service); v++) {
      if (rules.endpoint(endpoint).runs(v)
          && rules.fits(service, v, book.length(r), book.floor(r))
          && rules.withinShare(v, rules.maxBatch(v))
          && failuresInRow[endpoint][v] < FAILURES_TO_OPEN
          && inTime(r, v)) {
        return true;
      }
    }
    return false;
  }

  private boolean inTime(int r, int variant) {
    return book.deadlineNanos(r) == RequestDescriptor.NO_DEADLINE
        || book.deadlineNanos(r) - nowNanos >= rules.slowestAloneNanos(variant, book.length(r));
  }

  /** Checks, when nothing runs and the scheduler has shut down, that nothing is left open. */
  void requireAllEnded() {
    for (int r = 0; r < book.arrived(); r++) {
      Invariant.EVERY_REQUEST_ENDS.require(
          book.state(r) == State.ENDED, "request " + r + " is " + book.state(r));
    }
  }

  long wakeNanos() {
    return wakeNanos;
  }

  long decisionHash() {
    return hash;
  }
}
