package io.waip.replay.dynamic;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;

/** A request the batcher holds, queued or running. */
final class QueuedRequest {
  final long id;
  final int service;
  final int level;
  final int length;
  final long enqueuedNanos;
  private final long deadlineNanos;

  /** Whether its end was reported while its batch still runs. */
  boolean ended;

  QueuedRequest(long nowNanos, RequestDescriptor request, int level) {
    id = request.requestId();
    service = request.service();
    this.level = level;
    length = request.length();
    enqueuedNanos = nowNanos;
    deadlineNanos = request.deadlineNanos();
  }

  Outcome answeredAt(long nowNanos) {
    return nowNanos <= deadlineNanos ? Outcome.COMPLETED : Outcome.LATE;
  }
}
