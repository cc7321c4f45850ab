package io.waip.triton.embedded;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Triton's own batching of one model, {@code dynamic_batching} of its configuration.
 *
 * @param maxQueueDelay longest wait for a batch to grow; 0 waits for nothing
 * @param preferredSizes batch sizes that are sent as soon as they are reached; empty is the largest
 * @param queue limits of the queue, and of each level that has none of its own
 * @param levels limits of each strict priority level, 1 the first and highest; empty is no levels
 * @param preserveOrdering answers in the order of arrival; needs at most one priority level
 */
public record DynamicBatching(
    Duration maxQueueDelay,
    List<Integer> preferredSizes,
    QueuePolicy queue,
    List<QueuePolicy> levels,
    boolean preserveOrdering) {
  /** {@code dynamic_batching {}}: what most servers run with. */
  public static final DynamicBatching STOCK =
      new DynamicBatching(Duration.ZERO, List.of(), QueuePolicy.UNLIMITED, List.of(), false);

  public DynamicBatching {
    preferredSizes = List.copyOf(preferredSizes);
    levels = List.copyOf(levels);
    if (maxQueueDelay.isNegative()) {
      throw new IllegalArgumentException("maxQueueDelay must not be negative");
    }
    if (preserveOrdering && levels.size() > 1) {
      throw new IllegalArgumentException("preserveOrdering needs at most one priority level");
    }
  }

  /** Returns this with another longest wait. */
  public DynamicBatching withMaxQueueDelay(Duration delay) {
    return new DynamicBatching(delay, preferredSizes, queue, levels, preserveOrdering);
  }

  /** Returns this with other preferred sizes. */
  public DynamicBatching withPreferredSizes(List<Integer> sizes) {
    return new DynamicBatching(maxQueueDelay, sizes, queue, levels, preserveOrdering);
  }

  /** Returns this with other limits of the queue. */
  public DynamicBatching withQueue(QueuePolicy policy) {
    return new DynamicBatching(maxQueueDelay, preferredSizes, policy, levels, preserveOrdering);
  }

  /** Returns this with priority levels. */
  public DynamicBatching withLevels(List<QueuePolicy> policies) {
    return new DynamicBatching(maxQueueDelay, preferredSizes, queue, policies, preserveOrdering);
  }

  ConfigText toConfig() {
    ConfigText config =
        new ConfigText()
            .addUnless(List.of(), "preferred_batch_size", preferredSizes)
            .addUnless(0L, "max_queue_delay_microseconds", maxQueueDelay.toNanos() / 1_000)
            .addUnless(false, "preserve_ordering", preserveOrdering)
            .addUnless(0, "priority_levels", levels.size());
    if (!levels.isEmpty()) {
      // The middle, so that a request can ask for more and for less.
      config.add("default_priority_level", (levels.size() + 1) / 2);
    }
    if (!queue.equals(QueuePolicy.UNLIMITED)) {
      config.add("default_queue_policy", queue.toConfig());
    }
    return config.addUnless(Map.of(), "priority_queue_policy", levelPolicies());
  }

  private Map<String, ConfigText> levelPolicies() {
    Map<String, ConfigText> policies = new LinkedHashMap<>();
    for (int level = 1; level <= levels.size(); level++) {
      if (!levels.get(level - 1).equals(QueuePolicy.UNLIMITED)) {
        policies.put(String.valueOf(level), levels.get(level - 1).toConfig());
      }
    }
    return policies;
  }
}
