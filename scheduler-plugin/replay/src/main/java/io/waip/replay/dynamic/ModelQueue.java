package io.waip.replay.dynamic;

/** What the server keeps for each model: its queues and when its batching thread looks. */
final class ModelQueue {
  private static final long LOOK_NANOS = 500_000_000;

  final int service;
  final PriorityQueues queues;
  private final boolean prefetches;

  /** Batches executed so far. */
  long executions;

  /** Whether the thread looks in this turn. */
  boolean awake;

  /** When the delay of a batch that waits to grow is over, or {@link Long#MAX_VALUE}. */
  long delayEndsNanos = Long.MAX_VALUE;

  private long lookNanos = Long.MAX_VALUE;

  ModelQueue(int service, DynamicBatcherSettings settings) {
    this.service = service;
    queues = new PriorityQueues(settings.levels());
    prefetches = settings.prefetches();
  }

  /** After an event that the thread hears of only with a batch formed ahead, or one in waiting. */
  void settle() {
    awake |= prefetches || delayEndsNanos != Long.MAX_VALUE;
  }

  /** A batch was given away: the thread looks again half a second later. */
  void gaveAway(long nowNanos) {
    executions++;
    lookNanos = nowNanos + LOOK_NANOS;
  }

  /** At a timer. */
  void tick(long nowNanos) {
    settle();
    if (lookNanos <= nowNanos) {
      awake = true;
      lookNanos += ((nowNanos - lookNanos) / LOOK_NANOS + 1) * LOOK_NANOS;
    }
  }

  /** Returns when this model next needs a timer, or {@link Long#MAX_VALUE}. */
  long nextNanos() {
    long next = Math.min(delayEndsNanos, queues.nextTimeoutNanos());
    return prefetches || queues.isEmpty() ? next : Math.min(next, lookNanos);
  }
}
