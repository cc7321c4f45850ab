package io.waip.scheduler.runtime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps every decision; fails when a request ends twice. */
final class RecordingDriver implements Decisions {
  record Dispatched(long id, int endpoint, int variant, int padded, long nanos, List<Long> ids) {}

  record Ended(Outcome outcome, Reason reason, long retryAfterNanos) {}

  final Deque<Dispatched> running = new ArrayDeque<>();
  final List<Dispatched> batches = new ArrayList<>();
  final Map<Long, Ended> ended = new HashMap<>();
  long wakeNanos = Long.MAX_VALUE;

  @Override
  public void dispatch(Batch batch) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      ids.add(batch.requestId(i));
    }
    Dispatched dispatched =
        new Dispatched(
            batch.dispatchId(),
            batch.endpoint(),
            batch.variant(),
            batch.paddedLength(),
            batch.predictedNanos(),
            ids);
    running.add(dispatched);
    batches.add(dispatched);
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    Ended earlier = ended.put(requestId, new Ended(outcome, reason, retryAfterNanos));
    if (earlier != null) {
      throw new AssertionError("request " + requestId + " ended twice: " + earlier);
    }
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
  }

  Outcome outcome(long requestId) {
    return end(requestId).outcome();
  }

  Reason reason(long requestId) {
    return end(requestId).reason();
  }

  long retryAfterNanos(long requestId) {
    return end(requestId).retryAfterNanos();
  }

  private Ended end(long requestId) {
    Ended end = ended.get(requestId);
    if (end == null) {
      throw new AssertionError("request " + requestId + " has not ended");
    }
    return end;
  }

  /** Completes the batch that has run longest. */
  void completeOldest(Engine engine, long nowNanos) {
    Dispatched batch = running.remove();
    engine.completed(nowNanos, batch.id(), batch.nanos(), this);
  }

  static RequestDescriptor request(long id) {
    return new RequestDescriptor().reset(id, 0, 0);
  }
}
