package io.waip.api.contract;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps every decision in order; fails when a request ends twice. */
public final class RecordingDecisions implements Decisions {
  /** A dispatched batch, copied. */
  public record Dispatched(
      long id, int endpoint, int variant, int paddedLength, long predictedNanos, List<Long> ids) {}

  /** How a request ended. */
  public record Ended(Outcome outcome, Reason reason, long retryAfterNanos) {}

  private final List<Dispatched> batches = new ArrayList<>();
  private final Deque<Dispatched> running = new ArrayDeque<>();
  private final Map<Long, Ended> ended = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private long wakeNanos = Long.MAX_VALUE;

  /** Creates an empty record. */
  public RecordingDecisions() {}

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
    batches.add(dispatched);
    running.add(dispatched);
    log.add(dispatched.toString());
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    Ended end = new Ended(outcome, reason, retryAfterNanos);
    Ended earlier = ended.put(requestId, end);
    if (earlier != null) {
      throw new AssertionError("request " + requestId + " ended twice: " + earlier + ", " + end);
    }
    log.add(requestId + " " + end);
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
    log.add("wake " + timeNanos);
  }

  /** Returns every batch, in order of dispatch. */
  public List<Dispatched> batches() {
    return batches;
  }

  /** Returns the batches whose end was not reported, longest running first; may be changed. */
  public Deque<Dispatched> running() {
    return running;
  }

  /** Returns the ends by request id. */
  public Map<Long, Ended> ended() {
    return ended;
  }

  /** Returns every decision as text, in order. */
  public List<String> log() {
    return log;
  }

  /** Returns the time last asked for. */
  public long wakeNanos() {
    return wakeNanos;
  }

  /**
   * Returns the outcome of a request.
   *
   * @throws AssertionError if it has not ended
   */
  public Outcome outcome(long requestId) {
    Ended end = ended.get(requestId);
    if (end == null) {
      throw new AssertionError("request " + requestId + " has not ended");
    }
    return end.outcome();
  }
}
