package io.waip.replay.dynamic;

/**
 * Queue settings of one priority level, with the timeout action "reject".
 *
 * @param timeoutNanos longest stay in the queue, {@code >= 0}; 0 for no limit
 * @param maxQueueSize most queued requests of the level, {@code >= 0}; 0 for no limit
 */
public record QueuePolicy(long timeoutNanos, int maxQueueSize) {
  /** No timeout and no size limit, as where nothing is configured. */
  public static final QueuePolicy UNLIMITED = new QueuePolicy(0, 0);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public QueuePolicy {
    if (timeoutNanos < 0 || maxQueueSize < 0) {
      throw new IllegalArgumentException(
          "timeout and max_queue_size must be >= 0, are %d ns and %d"
              .formatted(timeoutNanos, maxQueueSize));
    }
  }
}
