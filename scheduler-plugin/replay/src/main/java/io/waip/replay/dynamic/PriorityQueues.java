package io.waip.replay.dynamic;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One FIFO queue per priority level, read level by level.
 *
 * <p>A level has one timeout, so its oldest request is always the next to time out. Single writer.
 */
final class PriorityQueues {
  private final List<QueuePolicy> policies;
  private final List<Map<Long, QueuedRequest>> levels = new ArrayList<>();

  PriorityQueues(List<QueuePolicy> policies) {
    this.policies = policies;
    for (int level = 0; level < policies.size(); level++) {
      levels.add(new LinkedHashMap<>());
    }
  }

  /** Adds a request unless its level is full. */
  boolean offer(QueuedRequest request) {
    Map<Long, QueuedRequest> level = levels.get(request.level);
    int limit = policies.get(request.level).maxQueueSize();
    if (limit > 0 && level.size() >= limit) {
      return false;
    }
    level.put(request.id, request);
    return true;
  }

  void remove(QueuedRequest request) {
    levels.get(request.level).remove(request.id);
  }

  boolean isEmpty() {
    return levels.stream().allMatch(Map::isEmpty);
  }

  /** Removes and returns a request whose timeout has passed, or null. */
  @Nullable QueuedRequest removeTimedOut(long nowNanos) {
    for (int level = 0; level < levels.size(); level++) {
      QueuedRequest oldest = oldest(level);
      if (oldest != null && timeoutAt(oldest) < nowNanos) {
        remove(oldest);
        return oldest;
      }
    }
    return null;
  }

  /** Returns the first time at which a request has timed out, or {@link Long#MAX_VALUE}. */
  long nextTimeoutNanos() {
    long next = Long.MAX_VALUE;
    for (int level = 0; level < levels.size(); level++) {
      QueuedRequest oldest = oldest(level);
      if (oldest != null && timeoutAt(oldest) != Long.MAX_VALUE) {
        next = Math.min(next, timeoutAt(oldest) + 1);
      }
    }
    return next;
  }

  /** Iterates in the order of service: by level, then first come first served. */
  Iterator<QueuedRequest> inOrder() {
    return levels.stream().flatMap(level -> level.values().stream()).iterator();
  }

  private @Nullable QueuedRequest oldest(int level) {
    Iterator<QueuedRequest> requests = levels.get(level).values().iterator();
    return requests.hasNext() ? requests.next() : null;
  }

  private long timeoutAt(QueuedRequest request) {
    long timeout = policies.get(request.level).timeoutNanos();
    return timeout == 0 ? Long.MAX_VALUE : request.enqueuedNanos + timeout;
  }
}
