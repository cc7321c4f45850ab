package io.waip.onnxruntime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.plan.Plan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A scheduler that decides by the tenant of a request, on one endpoint, one request at a time.
 *
 * <p>Threading: the engine thread; the answers of {@link #timerCalls} are read after the loop
 * ended.
 */
final class ScriptedScheduler implements Scheduler {
  static final int RUN = 0;
  static final int REJECT = 1;
  static final int RUN_LATE = 2;
  static final int HOLD = 3;
  static final int EVICT_BY_TIMER = 4;
  static final int THROW = 5;

  private static final long TIMER_NANOS = 1_000_000;

  private final Deque<Long> waiting = new ArrayDeque<>();
  private final Set<Long> held = new LinkedHashSet<>();
  private final Set<Long> late = new LinkedHashSet<>();
  private final Set<Long> timed = new LinkedHashSet<>();
  private long running;
  private boolean runningEnded;
  private long dispatches;
  private int timerCalls;

  int timerCalls() {
    return timerCalls;
  }

  @Override
  public void arrived(long nowNanos, RequestDescriptor request, Decisions out) {
    long id = request.requestId();
    switch (request.tenant()) {
      case REJECT -> out.ended(id, Outcome.REJECTED, Reason.PREDICTED_LATE, 7);
      case HOLD -> held.add(id);
      case EVICT_BY_TIMER -> {
        timed.add(id);
        out.wakeAt(nowNanos + TIMER_NANOS);
      }
      case THROW -> throw new IllegalStateException("planted fault");
      default -> {
        if (request.tenant() == RUN_LATE) {
          late.add(id);
        }
        waiting.add(id);
        next(out);
      }
    }
  }

  private void next(Decisions out) {
    if (running == 0 && !waiting.isEmpty()) {
      running = waiting.remove();
      runningEnded = false;
      out.dispatch(new Single(++dispatches, running));
    }
  }

  @Override
  public void completed(long nowNanos, long dispatchId, long executionNanos, Decisions out) {
    if (!runningEnded) {
      boolean wasLate = late.remove(running);
      out.ended(running, wasLate ? Outcome.LATE : Outcome.COMPLETED, Reason.NONE, 0);
    }
    running = 0;
    next(out);
  }

  @Override
  public void failed(long nowNanos, long dispatchId, Decisions out) {
    if (!runningEnded) {
      out.ended(running, Outcome.FAILED, Reason.EXECUTION_ERROR, 0);
    }
    running = 0;
    next(out);
  }

  @Override
  public void cancelled(long nowNanos, long requestId, Decisions out) {
    if (requestId == running) {
      runningEnded = true;
    } else {
      waiting.remove(requestId);
      held.remove(requestId);
    }
    out.ended(requestId, Outcome.CANCELLED, Reason.CLIENT, 0);
  }

  @Override
  public void timer(long nowNanos, Decisions out) {
    timerCalls++;
    timed.forEach(id -> out.ended(id, Outcome.EVICTED, Reason.EXPIRED, 0));
    timed.clear();
  }

  @Override
  public void endpointChanged(long nowNanos, int endpoint, EndpointState state, Decisions out) {}

  @Override
  public void planPublished(long nowNanos, Plan plan, Decisions out) {}

  @Override
  public void shutdown(long nowNanos, Decisions out) {
    held.forEach(id -> out.ended(id, Outcome.EVICTED, Reason.SHUTDOWN, 0));
    waiting.forEach(id -> out.ended(id, Outcome.EVICTED, Reason.SHUTDOWN, 0));
    held.clear();
    waiting.clear();
  }

  private record Single(long dispatchId, long id) implements Batch {
    @Override
    public int endpoint() {
      return 0;
    }

    @Override
    public int variant() {
      return 0;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public long requestId(int i) {
      return id;
    }

    @Override
    public int paddedLength() {
      return 1;
    }

    @Override
    public long predictedNanos() {
      return 1;
    }
  }
}
