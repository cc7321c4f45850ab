package io.waip.replay.dynamic;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic batcher with the rules of NVIDIA Triton Inference Server: strict priority levels, first
 * come first served within one, preferred batch sizes, a queue delay, queue timeouts and queue size
 * limits.
 *
 * <p>Forming walks the queues in order: the batch closes before a request that would exceed the
 * largest batch or, with {@link ShapeRule#EQUAL}, has another length. Then a preferred size that
 * was passed is sent while the oldest request's delay lasts; what cannot grow, has reached the
 * largest preferred size or has waited the delay is sent; the rest waits.
 *
 * <p>Without priority levels and queue policy batches are formed ahead of execution, so an endpoint
 * that gets free has its next batch at once. With either of them the server forms a batch only for
 * an endpoint that waits for one. The end of an execution then wakes its batching thread a moment
 * before the endpoint is seen to wait; where the thread is the faster of the two, it looks again
 * only when the next request has been queued, or half a second after it last gave a batch away. How
 * often that happens depends on the machine: see the constructors.
 *
 * <p>Source: triton-inference-server/core, {@code src/dynamic_batch_scheduler.cc} ({@code
 * GetDynamicBatch}, {@code BatcherThread}, {@code WaitForPayloadSlotAvailable}), {@code
 * src/payload.cc} ({@code Execute}), {@code src/rate_limiter.cc} ({@code PayloadSlotAvailable}) and
 * {@code src/scheduler_utils.cc} ({@code PriorityQueue}). Differences: a timed-out request is
 * refused when its timeout passes, where the server does so when it looks; a batch formed ahead
 * still grows until it is executed, as one that is not closed does in the server.
 *
 * <p>Each service is a model with a queue of its own, on one variant for each endpoint; where
 * several wait for an endpoint, the one with the fewest executions so far gets it, as the server's
 * rate limiter does. It looks at no deadline, cost or plan. Single writer, as {@link Scheduler}
 * says; it allocates per request.
 */
public final class DynamicBatcher implements Scheduler {
  private final Deployment deployment;
  private final DynamicBatcherSettings settings;
  private final BooleanSupplier isEndHeard;
  private final List<ModelQueue> models = new ArrayList<>();
  private final Map<Long, QueuedRequest> waiting = new HashMap<>();
  private final Map<Long, QueuedRequest> running = new HashMap<>();
  private final Map<Long, FormedBatch> inFlight = new HashMap<>();
  private final EndpointState[] states;
  private final int[] batchesAt;
  private long lastDispatchId;
  private long armedNanos = Long.MAX_VALUE;
  private boolean stopping;

  /**
   * Creates an idle batcher with every endpoint up, on a machine where the end of an execution is
   * always heard.
   *
   * @throws IllegalArgumentException if the deployment has no such variant, or its variant runs no
   *     batch of that size
   */
  public DynamicBatcher(Deployment deployment, DynamicBatcherSettings settings) {
    this(deployment, settings, () -> true);
  }

  /**
   * Creates an idle batcher with every endpoint up.
   *
   * @param isEndHeard asked at the end of each execution of a model with priority levels or a queue
   *     policy
   * @throws IllegalArgumentException if the deployment has no such variant, or its variant runs no
   *     batch of that size
   */
  public DynamicBatcher(
      Deployment deployment, DynamicBatcherSettings settings, BooleanSupplier isEndHeard) {
    this.deployment = deployment;
    this.isEndHeard = isEndHeard;
    this.settings = settings;
    for (int service = 0; service < deployment.services().size(); service++) {
      checkVariant(service);
      models.add(new ModelQueue(service, settings));
    }
    states = new EndpointState[deployment.endpoints().size()];
    Arrays.fill(states, EndpointState.UP);
    batchesAt = new int[states.length];
  }

  private void checkVariant(int service) {
    int variants = deployment.services().get(service).variants().size();
    if (settings.variant() >= variants) {
      throw new IllegalArgumentException("no variant has index " + settings.variant());
    }
    Variant variant = variantOf(service);
    if (settings.maxBatch() > variant.maxBatch()) {
      throw new IllegalArgumentException(
          "max_batch must be <= %d, is %d".formatted(variant.maxBatch(), settings.maxBatch()));
    }
  }

  private Variant variantOf(int service) {
    return deployment.services().get(service).variants().get(settings.variant());
  }

  @Override
  public void arrived(long nowNanos, RequestDescriptor request, Decisions out) {
    check(request);
    int level = settings.levelOf(request.tier());
    QueuedRequest queued = new QueuedRequest(nowNanos, request, level);
    Reason refusal = refusal(queued);
    if (refusal != Reason.NONE) {
      out.ended(queued.id, Outcome.REJECTED, refusal, 0);
    } else if (!modelOf(queued).queues.offer(queued)) {
      out.ended(queued.id, Outcome.REJECTED, Reason.QUEUE_FULL, 0);
    } else {
      waiting.put(queued.id, queued);
      modelOf(queued).awake = true;
      advance(nowNanos, out);
    }
  }

  private Reason refusal(QueuedRequest request) {
    if (stopping) {
      return Reason.SHUTDOWN;
    }
    if (request.length > variantOf(request.service).maxLength()) {
      return Reason.TOO_LONG;
    }
    return Arrays.asList(states).contains(EndpointState.UP) ? Reason.NONE : Reason.NO_ENDPOINT;
  }

  private ModelQueue modelOf(QueuedRequest request) {
    return models.get(request.service);
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
    if (waiting.containsKey(request.requestId()) || running.containsKey(request.requestId())) {
      throw new IllegalArgumentException("request id in use: " + request.requestId());
    }
  }

  @Override
  public void completed(long nowNanos, long dispatchId, long executionNanos, Decisions out) {
    close(nowNanos, dispatchId, true, out);
  }

  @Override
  public void failed(long nowNanos, long dispatchId, Decisions out) {
    close(nowNanos, dispatchId, false, out);
  }

  private void close(long nowNanos, long dispatchId, boolean succeeded, Decisions out) {
    FormedBatch batch = inFlight.remove(dispatchId);
    if (batch == null) {
      return;
    }
    batchesAt[batch.endpoint()]--;
    for (QueuedRequest member : batch.members()) {
      running.remove(member.id);
      if (member.ended) {
        continue;
      }
      if (succeeded) {
        out.ended(member.id, member.answeredAt(nowNanos), Reason.NONE, 0);
      } else {
        out.ended(member.id, Outcome.FAILED, Reason.EXECUTION_ERROR, 0);
      }
    }
    models.forEach(ModelQueue::settle);
    if (!settings.prefetches() && isEndHeard.getAsBoolean()) {
      models.forEach(model -> model.awake = true);
    }
    advance(nowNanos, out);
  }

  @Override
  public void cancelled(long nowNanos, long requestId, Decisions out) {
    QueuedRequest queued = waiting.remove(requestId);
    QueuedRequest executing = running.get(requestId);
    if (queued != null) {
      modelOf(queued).queues.remove(queued);
      modelOf(queued).settle();
      out.ended(requestId, Outcome.CANCELLED, Reason.CLIENT, 0);
      advance(nowNanos, out);
    } else if (executing != null && !executing.ended) {
      executing.ended = true;
      out.ended(requestId, Outcome.CANCELLED, Reason.CLIENT, 0);
    }
  }

  @Override
  public void timer(long nowNanos, Decisions out) {
    armedNanos = Long.MAX_VALUE;
    models.forEach(model -> model.tick(nowNanos));
    advance(nowNanos, out);
  }

  @Override
  public void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions out) {
    if (endpoint < 0 || endpoint >= states.length) {
      throw new IllegalArgumentException("no endpoint has index " + endpoint);
    }
    states[endpoint] = state;
    models.forEach(model -> model.awake = true);
    advance(nowNanos, out);
  }

  /** Changes nothing: the settings are static. */
  @Override
  public void planPublished(long nowNanos, Plan plan, Decisions out) {
    advance(nowNanos, out);
  }

  @Override
  public void shutdown(long nowNanos, Decisions out) {
    stopping = true;
    for (QueuedRequest queued : List.copyOf(waiting.values())) {
      modelOf(queued).queues.remove(queued);
      out.ended(queued.id, Outcome.EVICTED, Reason.SHUTDOWN, 0);
    }
    waiting.clear();
    advance(nowNanos, out);
  }

  private void advance(long nowNanos, Decisions out) {
    for (ModelQueue model : models) {
      refuseTimedOut(nowNanos, model.queues, out);
    }
    ModelQueue model = nextAwake();
    while (model != null) {
      look(nowNanos, model, out);
      model = nextAwake();
    }
    long wake = models.stream().mapToLong(ModelQueue::nextNanos).min().orElse(Long.MAX_VALUE);
    if (wake != armedNanos) {
      armedNanos = wake;
      out.wakeAt(wake);
    }
  }

  /** Returns the model that gets the next endpoint of those that look, or null. */
  private @Nullable ModelQueue nextAwake() {
    ModelQueue next = null;
    for (ModelQueue model : models) {
      if (model.awake && (next == null || model.executions < next.executions)) {
        next = model;
      }
    }
    return next;
  }

  /** Gives a batch to an endpoint that waits for one; else the model looks no more in this turn. */
  private void look(long nowNanos, ModelQueue model, Decisions out) {
    model.delayEndsNanos = Long.MAX_VALUE;
    int endpoint = freeEndpoint(model.service);
    List<QueuedRequest> members =
        endpoint < 0 || model.queues.isEmpty() ? List.of() : form(nowNanos, model);
    if (members.isEmpty()) {
      model.awake = false;
    } else {
      dispatch(endpoint, model, members, out);
      model.gaveAway(nowNanos);
    }
  }

  private void refuseTimedOut(long nowNanos, PriorityQueues queues, Decisions out) {
    @Nullable QueuedRequest late = queues.removeTimedOut(nowNanos);
    while (late != null) {
      waiting.remove(late.id);
      out.ended(late.id, Outcome.EVICTED, Reason.EXPIRED, 0);
      late = queues.removeTimedOut(nowNanos);
    }
  }

  private int freeEndpoint(int service) {
    for (int e = 0; e < states.length; e++) {
      if (states[e] == EndpointState.UP
          && batchesAt[e] < deployment.endpoints().get(e).maxInFlight()
          && variantIndex(e, service) >= 0) {
        return e;
      }
    }
    return -1;
  }

  private int variantIndex(int endpoint, int service) {
    return deployment.variantOn(endpoint, service, settings.variant());
  }

  /** Returns the batch to send now; empty where it is better to wait, with the time noted. */
  private List<QueuedRequest> form(long nowNanos, ModelQueue model) {
    List<QueuedRequest> pending = new ArrayList<>();
    Iterator<QueuedRequest> order = model.queues.inOrder();
    long oldest = Long.MAX_VALUE;
    int preferred = 0;
    boolean closed = false;
    while (order.hasNext() && !closed) {
      QueuedRequest next = order.next();
      closed = closesBefore(pending, next);
      if (!closed) {
        pending.add(next);
        oldest = Math.min(oldest, next.enqueuedNanos);
        preferred = settings.isPreferred(pending.size()) ? pending.size() : preferred;
      }
    }
    long delay = settings.maxQueueDelayNanos();
    boolean delayIsOver = delay > 0 && nowNanos - oldest >= delay;
    if (preferred > 0 && !delayIsOver) {
      return pending.subList(0, preferred);
    }
    if (closed || delay == 0 || delayIsOver || pending.size() >= settings.largestPreferred()) {
      return pending;
    }
    model.delayEndsNanos = oldest + delay;
    return List.of();
  }

  private boolean closesBefore(List<QueuedRequest> pending, QueuedRequest next) {
    return !pending.isEmpty()
        && (pending.size() == settings.maxBatch()
            || (settings.shapes() == ShapeRule.EQUAL && next.length != pending.getFirst().length));
  }

  private void dispatch(
      int endpoint, ModelQueue model, List<QueuedRequest> members, Decisions out) {
    for (QueuedRequest member : members) {
      model.queues.remove(member);
      waiting.remove(member.id);
      running.put(member.id, member);
    }
    FormedBatch batch =
        new FormedBatch(
            ++lastDispatchId,
            endpoint,
            variantIndex(endpoint, model.service),
            paddedLength(model.service, members),
            List.copyOf(members));
    inFlight.put(batch.dispatchId(), batch);
    batchesAt[endpoint]++;
    out.dispatch(batch);
  }

  private int paddedLength(int service, List<QueuedRequest> members) {
    return settings.shapes() == ShapeRule.PADDED_TO_MAX
        ? variantOf(service).maxLength()
        : members.stream().mapToInt(member -> member.length).max().orElseThrow();
  }

  /** Returns the number of queued requests. */
  public int queued() {
    return waiting.size();
  }
}
