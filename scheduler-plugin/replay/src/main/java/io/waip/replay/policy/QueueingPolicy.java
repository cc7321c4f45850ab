package io.waip.replay.policy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What simple policies share: one ordered queue, batches of one service, on the first of its
 * variants that the endpoint runs. A subclass says which batch to run next.
 *
 * <p>Written to be read, not to be fast: it allocates. Single writer.
 */
public abstract class QueueingPolicy implements Scheduler {
  /**
   * A queued request.
   *
   * @param sequence number of its arrival, from 0
   */
  protected record Queued(
      long id, int service, Tier tier, int length, long deadlineNanos, long sequence) {}

  /**
   * A look at the queue.
   *
   * @param endpoint that is free
   * @param margin factor on predicted times, {@code >= 1}
   */
  protected record Look(int endpoint, long nowNanos, double margin) {}

  private record Running(List<Queued> members, FormedBatch batch) {
    int endpoint() {
      return batch.endpoint();
    }
  }

  private final Deployment deployment;
  private final LatencyModel model;
  private final TreeSet<Queued> queue;
  private final Map<Long, Queued> queued = new HashMap<>();
  private final Map<Long, Running> running = new HashMap<>();
  private final Map<Long, Boolean> withdrawn = new HashMap<>();
  private final EndpointState[] states;
  private final int[] inFlight;
  private long sequence;
  private long lastDispatchId;
  private boolean stopping;
  private long wakeNanos = Long.MAX_VALUE;
  private long armedNanos = Long.MAX_VALUE;

  /** Creates an idle policy that looks at the queue in the given order. */
  protected QueueingPolicy(Deployment deployment, LatencyModel model, Comparator<Queued> order) {
    this.deployment = deployment;
    this.model = model;
    queue = new TreeSet<>(order.thenComparingLong(Queued::sequence));
    states = new EndpointState[deployment.endpoints().size()];
    Arrays.fill(states, EndpointState.UP);
    inFlight = new int[states.length];
  }

  /**
   * Chooses the next batch of an endpoint that is free, from a queue that is not empty. May remove
   * requests by {@link #evict}, and ask to be called again by {@link #wakeAt}.
   *
   * @return requests of one service, at most its largest batch; empty for none
   */
  protected abstract List<Queued> next(
      int endpoint, long nowNanos, SortedSet<Queued> inOrder, Decisions out);

  /** Told of each batch that was executed; does nothing here. */
  protected void executed(int endpoint, Batch batch, long executionNanos) {}

  /** Asks for a call of {@link #next} at this time, if nothing else leads to one before. */
  protected final void wakeAt(long timeNanos) {
    wakeNanos = Math.min(wakeNanos, timeNanos);
  }

  /** Returns the latency objective of a service, nanoseconds. */
  protected final long objectiveNanos(int service) {
    return deployment.services().get(service).objective().latency().toNanos();
  }

  /** Returns how many endpoints there are. */
  protected final int endpoints() {
    return states.length;
  }

  /** Returns the first request of each service, in order of the queue. */
  protected final List<Queued> heads(SortedSet<Queued> inOrder) {
    Map<Integer, Queued> first = new LinkedHashMap<>();
    for (Queued request : inOrder) {
      first.putIfAbsent(request.service(), request);
      if (first.size() == deployment.services().size()) {
        break;
      }
    }
    return List.copyOf(first.values());
  }

  /** Says whether a request cannot be met any more, even alone on the fastest endpoint. */
  protected final boolean isHopeless(long nowNanos, double margin, Queued request) {
    long fastest = Long.MAX_VALUE;
    for (int e = 0; e < states.length; e++) {
      if (states[e] == EndpointState.UP) {
        fastest = Math.min(fastest, predictNanos(e, request.service(), 1, request.length()));
      }
    }
    return nowNanos + margin * fastest > request.deadlineNanos();
  }

  /** Drops heads of services that cannot be met any more, even alone. */
  protected final void evictHopeless(
      long nowNanos, double margin, SortedSet<Queued> inOrder, Decisions out) {
    boolean evicted = true;
    while (evicted) {
      evicted = false;
      for (Queued head : heads(inOrder)) {
        if (isHopeless(nowNanos, margin, head)) {
          evict(head, Reason.EXPIRED, out);
          evicted = true;
        }
      }
    }
  }

  /**
   * Returns the longest run of requests of the head's service, in order of the queue, that meets
   * the head's deadline in one batch; empty where not even the head does on this endpoint.
   *
   * @param look where and when, and the factor on predicted times
   */
  protected final List<Queued> prefixInTime(Look look, Queued head, SortedSet<Queued> inOrder) {
    int maxBatch = reference(head.service()).maxBatch();
    int longest = 0;
    List<Queued> members = new ArrayList<>();
    for (Queued request : inOrder.tailSet(head)) {
      if (request.service() != head.service()) {
        continue;
      }
      longest = Math.max(longest, request.length());
      double nanos =
          look.margin()
              * predictNanos(look.endpoint(), head.service(), members.size() + 1, longest);
      if (members.size() == maxBatch || look.nowNanos() + nanos > head.deadlineNanos()) {
        break;
      }
      members.add(request);
    }
    return members;
  }

  /** Returns the first requests of the head's service, at most so many, in order of the queue. */
  protected static List<Queued> firstOf(SortedSet<Queued> inOrder, int most) {
    int service = inOrder.first().service();
    List<Queued> members = new ArrayList<>();
    for (Queued request : inOrder) {
      if (members.size() == most) {
        break;
      }
      if (request.service() == service) {
        members.add(request);
      }
    }
    return members;
  }

  /** Returns the longest of some requests, {@code >= 1}. */
  protected static int longest(List<Queued> requests) {
    return requests.stream().mapToInt(Queued::length).max().orElse(1);
  }

  /** Returns the predicted time of a batch on an endpoint, nanoseconds. */
  protected final long predictNanos(int endpoint, int service, int batch, int length) {
    return model.medianNanos(deployment.variantOn(endpoint, service, 0), batch, length);
  }

  /** Returns the reference variant of a service. */
  protected final Variant reference(int service) {
    return deployment.services().get(service).variants().getFirst();
  }

  /** Removes a queued request; it will not run. */
  protected final void evict(Queued request, Reason reason, Decisions out) {
    queue.remove(request);
    queued.remove(request.id());
    out.ended(request.id(), Outcome.EVICTED, reason, 0);
  }

  @Override
  public final void arrived(long nowNanos, RequestDescriptor request, Decisions out) {
    check(request);
    Reason refusal = refusal(request);
    if (refusal != Reason.NONE) {
      out.ended(request.requestId(), Outcome.REJECTED, refusal, 0);
      return;
    }
    Queued added =
        new Queued(
            request.requestId(),
            request.service(),
            request.tier(),
            request.length(),
            request.deadlineNanos(),
            sequence++);
    queue.add(added);
    queued.put(added.id(), added);
    dispatch(nowNanos, out);
  }

  private void check(RequestDescriptor request) {
    if (request.service() < 0
        || request.service() >= deployment.services().size()
        || request.tenant() < 0
        || request.tenant() >= deployment.tenants().size()
        || request.length() < 1) {
      throw new IllegalArgumentException(
          "no service %d, no tenant %d, or length %d below 1"
              .formatted(request.service(), request.tenant(), request.length()));
    }
    if (queued.containsKey(request.requestId()) || isRunning(request.requestId())) {
      throw new IllegalArgumentException("request id in use: " + request.requestId());
    }
  }

  private boolean isRunning(long id) {
    return running.values().stream()
        .anyMatch(batch -> batch.members().stream().anyMatch(member -> member.id() == id));
  }

  private Reason refusal(RequestDescriptor request) {
    if (stopping) {
      return Reason.SHUTDOWN;
    }
    if (request.length() > reference(request.service()).maxLength()) {
      return Reason.TOO_LONG;
    }
    return Arrays.asList(states).contains(EndpointState.UP) ? Reason.NONE : Reason.NO_ENDPOINT;
  }

  @Override
  public final void completed(long nowNanos, long dispatchId, long executionNanos, Decisions out) {
    Running batch = remove(dispatchId);
    if (batch != null) {
      for (Queued request : batch.members()) {
        boolean inTime = nowNanos <= request.deadlineNanos();
        finish(request, inTime ? Outcome.COMPLETED : Outcome.LATE, Reason.NONE, out);
      }
      executed(batch.endpoint(), batch.batch(), executionNanos);
      dispatch(nowNanos, out);
    }
  }

  @Override
  public final void failed(long nowNanos, long dispatchId, Decisions out) {
    Running batch = remove(dispatchId);
    if (batch != null) {
      for (Queued request : batch.members()) {
        finish(request, Outcome.FAILED, Reason.EXECUTION_ERROR, out);
      }
      dispatch(nowNanos, out);
    }
  }

  private @Nullable Running remove(long dispatchId) {
    Running batch = running.remove(dispatchId);
    if (batch != null) {
      inFlight[batch.endpoint()]--;
    }
    return batch;
  }

  private void finish(Queued request, Outcome outcome, Reason reason, Decisions out) {
    if (withdrawn.remove(request.id()) == null) {
      out.ended(request.id(), outcome, reason, 0);
    }
  }

  @Override
  public final void cancelled(long nowNanos, long requestId, Decisions out) {
    Queued waiting = queued.remove(requestId);
    if (waiting != null) {
      queue.remove(waiting);
      out.ended(requestId, Outcome.CANCELLED, Reason.CLIENT, 0);
    } else if (isRunning(requestId) && withdrawn.put(requestId, true) == null) {
      out.ended(requestId, Outcome.CANCELLED, Reason.CLIENT, 0);
    }
  }

  @Override
  public final void timer(long nowNanos, Decisions out) {
    armedNanos = Long.MAX_VALUE;
    dispatch(nowNanos, out);
  }

  @Override
  public final void endpointChanged(
      long nowNanos, int endpoint, EndpointState state, Decisions out) {
    if (endpoint < 0 || endpoint >= states.length) {
      throw new IllegalArgumentException("no endpoint has index " + endpoint);
    }
    states[endpoint] = state;
    dispatch(nowNanos, out);
  }

  @Override
  public final void planPublished(long nowNanos, Plan plan, Decisions out) {
    dispatch(nowNanos, out);
  }

  @Override
  public final void shutdown(long nowNanos, Decisions out) {
    stopping = true;
    for (Queued request : List.copyOf(queue)) {
      evict(request, Reason.SHUTDOWN, out);
    }
  }

  private void dispatch(long nowNanos, Decisions out) {
    wakeNanos = Long.MAX_VALUE;
    for (int e = 0; e < states.length; e++) {
      fill(e, nowNanos, out);
    }
    if (wakeNanos != armedNanos) {
      armedNanos = wakeNanos;
      out.wakeAt(wakeNanos);
    }
  }

  private void fill(int endpoint, long nowNanos, Decisions out) {
    while (!queue.isEmpty()
        && states[endpoint] == EndpointState.UP
        && inFlight[endpoint] < deployment.endpoints().get(endpoint).maxInFlight()) {
      List<Queued> members = next(endpoint, nowNanos, queue, out);
      if (members.isEmpty()) {
        return;
      }
      start(members, endpoint, out);
    }
  }

  private void start(List<Queued> members, int endpoint, Decisions out) {
    for (Queued request : members) {
      queue.remove(request);
      queued.remove(request.id());
    }
    long id = ++lastDispatchId;
    int service = members.getFirst().service();
    int padded = longest(members);
    long nanos = predictNanos(endpoint, service, members.size(), padded);
    int variant = deployment.variantOn(endpoint, service, 0);
    FormedBatch batch = new FormedBatch(id, endpoint, variant, members, padded, nanos);
    running.put(id, new Running(List.copyOf(members), batch));
    inFlight[endpoint]++;
    out.dispatch(batch);
  }

  private record FormedBatch(
      long dispatchId,
      int endpoint,
      int variant,
      List<Queued> members,
      int paddedLength,
      long predictedNanos)
      implements Batch {
    @Override
    public int size() {
      return members.size();
    }

    @Override
    public long requestId(int i) {
      return members.get(i).id();
    }
  }
}
