package io.waip.triton.embedded;

import java.time.Duration;

/**
 * How long and how many requests may wait in Triton's queue; beyond that they are refused.
 *
 * @param timeout longest stay; 0 is none. With one, a request may ask for a shorter one
 * @param maxSize requests that may wait; 0 is no limit
 */
public record QueuePolicy(Duration timeout, int maxSize) {
  /** No limit of either kind. */
  public static final QueuePolicy UNLIMITED = new QueuePolicy(Duration.ZERO, 0);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public QueuePolicy {
    if (timeout.isNegative() || maxSize < 0) {
      throw new IllegalArgumentException(
          "a queue's time-out and size must not be negative, are " + timeout + ", " + maxSize);
    }
  }

  ConfigText toConfig() {
    ConfigText policy = new ConfigText().add("timeout_action", new ConfigText.Word("REJECT"));
    if (!timeout.isZero()) {
      // Triton ignores the override where there is no default time-out.
      policy
          .add("default_timeout_microseconds", timeout.toNanos() / 1_000)
          .add("allow_timeout_override", true);
    }
    return policy.addUnless(0, "max_queue_size", maxSize);
  }
}
