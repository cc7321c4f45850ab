package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;
import java.util.Arrays;

/**
 * What happened in a run: how and when each request ended, and the batches. Takes 10 bytes a
 * request.
 */
public final class RunLog {
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final byte NONE = -1;

  private final byte[] outcomes;
  private final long[] endNanos;
  private final byte[] variants;
  private long batches;
  private long busyNanos;
  private String decisionHash = "";

  RunLog(int requests) {
    outcomes = new byte[requests];
    endNanos = new long[requests];
    variants = new byte[requests];
    Arrays.fill(outcomes, NONE);
    Arrays.fill(variants, NONE);
  }

  void dispatched(Batch batch, long executionNanos) {
    batches++;
    busyNanos += executionNanos;
    for (int i = 0; i < batch.size(); i++) {
      variants[(int) batch.requestId(i)] = (byte) batch.variant();
    }
  }

  void ended(int request, Outcome outcome, long timeNanos) {
    if (outcomes[request] != NONE) {
      throw new IllegalStateException(
          "request %d ended twice: %s, then %s".formatted(request, outcome(request), outcome));
    }
    outcomes[request] = (byte) outcome.ordinal();
    endNanos[request] = timeNanos;
  }

  void finish(String hash) {
    decisionHash = hash;
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == NONE) {
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
    if (outcomes[request] == NONE) {
      throw new IllegalStateException("request " + request + " has not ended");
    }
    return OUTCOMES[outcomes[request]];
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
    long count = 0;
    for (byte each : outcomes) {
      count += each == outcome.ordinal() ? 1 : 0;
    }
    return count;
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
