package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What happened in a run: how and when each request ended, and the batches. */
public final class RunLog {
  private final @Nullable Outcome[] outcomes;
  private final long[] endNanos;
  private final int[] variants;
  private long batches;
  private long busyNanos;
  private String decisionHash = "";

  RunLog(int requests) {
    outcomes = new Outcome[requests];
    endNanos = new long[requests];
    variants = new int[requests];
    Arrays.fill(variants, -1);
  }

  void dispatched(Batch batch, long executionNanos) {
    batches++;
    busyNanos += executionNanos;
    for (int i = 0; i < batch.size(); i++) {
      variants[(int) batch.requestId(i)] = batch.variant();
    }
  }

  void ended(int request, Outcome outcome, long timeNanos) {
    if (outcomes[request] != null) {
      throw new IllegalStateException(
          "request %d ended twice: %s, then %s".formatted(request, outcomes[request], outcome));
    }
    outcomes[request] = outcome;
    endNanos[request] = timeNanos;
  }

  void finish(String hash) {
    decisionHash = hash;
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        throw new IllegalStateException("request " + i + " never ended");
      }
    }
  }

  /** Returns the number of requests. */
  public int requests() {
    return outcomes.length;
  }

  /**
   * Returns how a request ended.
   *
   * @throws IllegalStateException if the run has not finished
   */
  public Outcome outcome(int request) {
    Outcome outcome = outcomes[request];
    if (outcome == null) {
      throw new IllegalStateException("request " + request + " has not ended");
    }
    return outcome;
  }

  /** Returns when a request ended, nanoseconds from the start. */
  public long endNanos(int request) {
    return endNanos[request];
  }

  /** Returns the variant that ran a request, or -1. */
  public int variant(int request) {
    return variants[request];
  }

  /** Returns how many requests ended so. */
  public long count(Outcome outcome) {
    return Arrays.stream(outcomes).filter(each -> each == outcome).count();
  }

  /** Returns the number of batches. */
  public long batches() {
    return batches;
  }

  /** Returns the device time of all batches, nanoseconds. */
  public long busyNanos() {
    return busyNanos;
  }

  /** Returns the hash over every event and decision. */
  public String decisionHash() {
    return decisionHash;
  }
}
