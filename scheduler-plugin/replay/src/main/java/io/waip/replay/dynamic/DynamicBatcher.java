package io.waip.replay.dynamic;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.deployment.Deployment;
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
import org.jspecify.annotations.Nullable;

/**
 * A dynamic batcher with the rules of NVIDIA Triton Inference Server: strict priority levels, first
 * come first served within one, preferred batch sizes, a queue delay, queue timeouts and queue size
 * limits.
 *
 * <p>A batch is formed when an endpoint is free, as the server does for models with priority levels
 * or a queue policy; there is no prefetched backlog. Forming walks the queues in order: the batch
 * closes before a request that would exceed the largest batch or, with {@link ShapeRule#EQUAL}, has
 * another length. Then a preferred size that was passed is sent while the oldest request's delay
 * lasts; what cannot grow, has reached the largest preferred size or has waited the delay is sent;
 * the rest waits. Source: triton-inference-server/core, {@code src/dynamic_batch_scheduler.cc}
 * ({@code GetDynamicBatch}) and {@code src/scheduler_utils.cc} ({@code PriorityQueue}).
 * Differences: a timed-out request is refused when its timeout passes, where the server looks every
 * 500 ms while all instances are busy.
 *
 * <p>It looks at no deadline, cost or plan. One variant serves every request. Single writer, as
 * {@link Scheduler} says; it allocates per request.
 */
public final class DynamicBatcher implements Scheduler {
  private final Deployment deployment;
  private final DynamicBatcherSettings settings;
  private final int maxLength;
  private final PriorityQueues queues;
  private final Map<Long, QueuedRequest> waiting = new HashMap<>();
  private final Map<Long, QueuedRequest> running = new HashMap<>();
  private final Map<Long, FormedBatch> inFlight = new HashMap<>();
  private final EndpointState[] states;
  private final int[] batchesAt;
  private long lastDispatchId;
  private long delayEndsNanos = Long.MAX_VALUE;
  private long armedNanos = Long.MAX_VALUE;
  private boolean stopping;

  /**
   * Creates an idle batcher with every endpoint up.
   *
   * @throws IllegalArgumentException if the deployment has no such variant, or its variant runs no
   *     batch of that size
   */
  public DynamicBatcher(Deployment deployment, DynamicBatcherSettings settings) {
    this.deployment = deployment;
    this.settings = settings;
    var variants = deployment.variants();
    if (settings.variant() >= variants.size()) {
      throw new IllegalArgumentException("no variant has index " + settings.variant());
    }
    var variant = variants.get(settings.variant());
    if (settings.maxBatch() > variant.maxBatch()) {
      throw new IllegalArgumentException(
          "max_batch must be <= %d, is %d".formatted(variant.maxBatch(), settings.maxBatch()));
    }
    maxLength = variant.maxLength();
    queues = new PriorityQueues(settings.levels());
    states = new EndpointState[deployment.endpoints().size()];
    Arrays.fill(states, EndpointState.UP);
    batchesAt = new int[states.length];
  }

  @Override
  public void arrived(long nowNanos, RequestDescriptor request, Decisions out) {
    check(request);
    QueuedRequest queued = new QueuedRequest(nowNanos, request);
    if (stopping) {
      out.ended(queued.id, Outcome.REJECTED, Reason.SHUTDOWN, 0);
    } else if (queued.length > maxLength) {
      out.ended(queued.id, Outcome.REJECTED, Reason.TOO_LONG, 0);
    } else if (!queues.offer(queued)) {
      out.ended(queued.id, Outcome.REJECTED, Reason.QUEUE_FULL, 0);
    } else {
      waiting.put(queued.id, queued);
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
    advance(nowNanos, out);
  }

  @Override
  public void cancelled(long nowNanos, long requestId, Decisions out) {
    QueuedRequest queued = waiting.remove(requestId);
    QueuedRequest executing = running.get(requestId);
    if (queued != null) {
      queues.remove(queued);
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
    advance(nowNanos, out);
  }

  @Override
  public void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions out) {
    if (endpoint < 0 || endpoint >= states.length) {
      throw new IllegalArgumentException("no endpoint has index " + endpoint);
    }
    states[endpoint] = state;
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
      queues.remove(queued);
      out.ended(queued.id, Outcome.EVICTED, Reason.SHUTDOWN, 0);
    }
    waiting.clear();
    advance(nowNanos, out);
  }

  private void advance(long nowNanos, Decisions out) {
    refuseTimedOut(nowNanos, out);
    delayEndsNanos = Long.MAX_VALUE;
    int endpoint = freeEndpoint();
    while (endpoint >= 0 && !queues.isEmpty()) {
      List<QueuedRequest> members = form(nowNanos);
      if (members.isEmpty()) {
        break;
      }
      dispatch(endpoint, members, out);
      endpoint = freeEndpoint();
    }
    long wake = Math.min(delayEndsNanos, queues.nextTimeoutNanos());
    if (wake != armedNanos) {
      armedNanos = wake;
      out.wakeAt(wake);
    }
  }

  private void refuseTimedOut(long nowNanos, Decisions out) {
    @Nullable QueuedRequest late = queues.removeTimedOut(nowNanos);
    while (late != null) {
      waiting.remove(late.id);
      out.ended(late.id, Outcome.EVICTED, Reason.EXPIRED, 0);
      late = queues.removeTimedOut(nowNanos);
    }
  }

  private int freeEndpoint() {
    for (int e = 0; e < states.length; e++) {
      var endpoint = deployment.endpoints().get(e);
      if (states[e] == EndpointState.UP
          && batchesAt[e] < endpoint.maxInFlight()
          && endpoint.runs(settings.variant())) {
        return e;
      }
    }
    return -1;
  }

  /** Returns the batch to send now; empty where it is better to wait, with the time noted. */
  private List<QueuedRequest> form(long nowNanos) {
    List<QueuedRequest> pending = new ArrayList<>();
    Iterator<QueuedRequest> order = queues.inOrder();
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
    delayEndsNanos = oldest + delay;
    return List.of();
  }

  private boolean closesBefore(List<QueuedRequest> pending, QueuedRequest next) {
    return !pending.isEmpty()
        && (pending.size() == settings.maxBatch()
            || (settings.shapes() == ShapeRule.EQUAL && next.length != pending.getFirst().length));
  }

  private void dispatch(int endpoint, List<QueuedRequest> members, Decisions out) {
    for (QueuedRequest member : members) {
      queues.remove(member);
      waiting.remove(member.id);
      running.put(member.id, member);
    }
    FormedBatch batch =
        new FormedBatch(
            ++lastDispatchId,
            endpoint,
            settings.variant(),
            paddedLength(members),
            List.copyOf(members));
    inFlight.put(batch.dispatchId(), batch);
    batchesAt[endpoint]++;
    out.dispatch(batch);
  }

  private int paddedLength(List<QueuedRequest> members) {
    return settings.shapes() == ShapeRule.PADDED_TO_MAX
        ? maxLength
        : members.stream().mapToInt(member -> member.length).max().orElseThrow();
  }

  /** Returns the number of queued requests. */
  public int queued() {
    return waiting.size();
  }
}
