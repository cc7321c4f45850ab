package io.waip.replay.dynamic;

import io.waip.api.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration of a dynamic batcher, in the terms of Triton's {@code dynamic_batching}.
 *
 * @param variant index, among its service's, of the variant every batch runs on, {@code >= 0}
 * @param maxBatch largest batch, {@code >= 1}
 * @param preferredBatches sizes to send at once, each in {@code [1, maxBatch]}; empty means the
 *     largest batch alone
 * @param maxQueueDelayNanos how long the oldest request may wait for others to join its batch,
 *     {@code >= 0}; 0 sends what there is
 * @param shapes what happens with unequal lengths
 * @param levels queue policy of each {@link Tier} in order, the tier then is the priority level,
 *     served in strict order; or one policy for all requests, first come first served
 */
public record DynamicBatcherSettings(
    int variant,
    int maxBatch,
    List<Integer> preferredBatches,
    long maxQueueDelayNanos,
    ShapeRule shapes,
    List<QueuePolicy> levels) {
  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public DynamicBatcherSettings {
    preferredBatches = List.copyOf(preferredBatches);
    levels = List.copyOf(levels);
    if (variant < 0 || maxBatch < 1 || maxQueueDelayNanos < 0) {
      throw new IllegalArgumentException(
          "variant >= 0, max_batch >= 1 and max_queue_delay >= 0 required, got %d, %d, %d ns"
              .formatted(variant, maxBatch, maxQueueDelayNanos));
    }
    for (int preferred : preferredBatches) {
      if (preferred < 1 || preferred > maxBatch) {
        throw new IllegalArgumentException(
            "preferred_batch_size must be in [1, %d], is %d".formatted(maxBatch, preferred));
      }
    }
    if (levels.size() != Tier.COUNT && levels.size() != 1) {
      throw new IllegalArgumentException(
          "1 or %d queue policies required, got %d".formatted(Tier.COUNT, levels.size()));
    }
  }

  /** Returns settings without preferred sizes and without limits on any queue. */
  public static DynamicBatcherSettings of(
      int variant, int maxBatch, long maxQueueDelayNanos, ShapeRule shapes) {
    QueuePolicy unlimited = QueuePolicy.UNLIMITED;
    return new DynamicBatcherSettings(
        variant,
        maxBatch,
        List.of(),
        maxQueueDelayNanos,
        shapes,
        List.of(unlimited, unlimited, unlimited));
  }

  /** Returns these settings without priority levels: one queue with this policy. */
  public DynamicBatcherSettings withOneQueue(QueuePolicy policy) {
    return new DynamicBatcherSettings(
        variant, maxBatch, preferredBatches, maxQueueDelayNanos, shapes, List.of(policy));
  }

  /**
   * Returns these settings with another queue policy for one tier.
   *
   * @throws IllegalStateException if they have no priority levels
   */
  public DynamicBatcherSettings withLevel(Tier tier, QueuePolicy policy) {
    if (!hasPriorityLevels()) {
      throw new IllegalStateException("no priority levels");
    }
    List<QueuePolicy> changed = new ArrayList<>(levels);
    changed.set(tier.ordinal(), policy);
    return new DynamicBatcherSettings(
        variant, maxBatch, preferredBatches, maxQueueDelayNanos, shapes, changed);
  }

  /** Returns these settings with other preferred sizes. */
  public DynamicBatcherSettings withPreferred(List<Integer> sizes) {
    return new DynamicBatcherSettings(variant, maxBatch, sizes, maxQueueDelayNanos, shapes, levels);
  }

  /** Returns whether tiers are priority levels. */
  public boolean hasPriorityLevels() {
    return levels.size() > 1;
  }

  /** Returns the queue policy of a tier. */
  public QueuePolicy policyOf(Tier tier) {
    return levels.get(levelOf(tier));
  }

  int levelOf(Tier tier) {
    return hasPriorityLevels() ? tier.ordinal() : 0;
  }

  /** Returns whether batches are formed ahead of execution: neither levels nor a queue policy. */
  boolean prefetches() {
    return !hasPriorityLevels() && levels.getFirst().equals(QueuePolicy.UNLIMITED);
  }

  /** Returns the largest size that is sent at once. */
  int largestPreferred() {
    return preferredBatches.stream().mapToInt(Integer::intValue).max().orElse(maxBatch);
  }

  boolean isPreferred(int size) {
    return preferredBatches.isEmpty() ? size == maxBatch : preferredBatches.contains(size);
  }
}
