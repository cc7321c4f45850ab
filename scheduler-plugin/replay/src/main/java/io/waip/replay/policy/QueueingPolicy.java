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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What simple policies share: one ordered queue, the reference variant of each service, batches of
 * one service. A subclass says which batch to run next.
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

  private record Running(List<Queued> members, int endpoint) {}

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
   * Chooses the next batch from a queue that is not empty. May remove requests by {@link #evict}.
   *
   * @return requests of one service, at most its largest batch; empty for none
   */
  protected abstract List<Queued> next(long nowNanos, SortedSet<Queued> inOrder, Decisions out);

  /** Returns the predicted time of a batch on the reference variant, nanoseconds. */
  protected final long predictNanos(int service, int batch, int length) {
    return model.medianNanos(deployment.firstVariant(service), batch, length);
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
  public void timer(long nowNanos, Decisions out) {
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
    for (int e = 0; e < states.length; e++) {
      while (!queue.isEmpty()
          && states[e] == EndpointState.UP
          && inFlight[e] < deployment.endpoints().get(e).maxInFlight()) {
        List<Queued> members = next(nowNanos, queue, out);
        if (members.isEmpty()) {
          return;
        }
        start(members, e, out);
      }
    }
  }

  private void start(List<Queued> members, int endpoint, Decisions out) {
    for (Queued request : members) {
      queue.remove(request);
      queued.remove(request.id());
    }
    long id = ++lastDispatchId;
    running.put(id, new Running(List.copyOf(members), endpoint));
    inFlight[endpoint]++;
    int service = members.getFirst().service();
    int padded = members.stream().mapToInt(Queued::length).max().orElseThrow();
    long nanos = predictNanos(service, members.size(), padded);
    out.dispatch(
        new FormedBatch(id, endpoint, deployment.firstVariant(service), members, padded, nanos));
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
