package io.waip.api.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is run. Of a wanted setting, what is empty stays as it is; of one in force, what is
 * empty does not exist there or is left to the runtime.
 *
 * @param model name under which its server knows it, not blank
 * @param instances executions at once, {@code >= 1}
 * @param threads inside one execution, {@code >= 1}
 * @param maxBatch rows of the largest batch, {@code >= 1}
 * @param queueDelay longest wait of the server's batcher for a batch to grow, {@code >= 0}
 * @param preferredBatches sizes the server's batcher sends at once, each {@code >= 1} and at most
 *     {@code maxBatch} where that is given
 */
public record ModelSetting(
    String model,
    int instances,
    OptionalInt threads,
    OptionalInt maxBatch,
    Optional<Duration> queueDelay,
    List<Integer> preferredBatches) {
  /**
   * Checks the parts and copies the list.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ModelSetting {
    preferredBatches = List.copyOf(preferredBatches);
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must have a name");
    }
    requirePositive(model, "instances", instances);
    requirePositive(model, "threads", threads.orElse(1));
    requirePositive(model, "maxBatch", maxBatch.orElse(1));
    if (queueDelay.orElse(Duration.ZERO).isNegative()) {
      throw new IllegalArgumentException(
          "queueDelay of '%s' must be >= 0, is %s".formatted(model, queueDelay.get()));
    }
    int largest = maxBatch.orElse(Integer.MAX_VALUE);
    for (int preferred : preferredBatches) {
      requirePositive(model, "a preferred batch", preferred);
      if (preferred > largest) {
        throw new IllegalArgumentException(
            "a preferred batch of '%s' is %d, more than maxBatch, %d"
                .formatted(model, preferred, largest));
      }
    }
  }

  private static void requirePositive(String model, String part, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s of '%s' must be >= 1, is %d".formatted(part, model, value));
    }
  }

  /** Returns a setting of a number of instances alone. */
  public static ModelSetting of(String model, int instances) {
    return new ModelSetting(
        model, instances, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), List.of());
  }

  /** Returns this with another number of instances. */
  public ModelSetting withInstances(int count) {
    return new ModelSetting(model, count, threads, maxBatch, queueDelay, preferredBatches);
  }

  /** Returns this with a number of threads inside one execution. */
  public ModelSetting withThreads(int count) {
    return new ModelSetting(
        model, instances, OptionalInt.of(count), maxBatch, queueDelay, preferredBatches);
  }

  /** Returns this with another largest batch. */
  public ModelSetting withMaxBatch(int rows) {
    return new ModelSetting(
        model, instances, threads, OptionalInt.of(rows), queueDelay, preferredBatches);
  }

  /** Returns this with another longest wait of the server's batcher. */
  public ModelSetting withQueueDelay(Duration delay) {
    return new ModelSetting(
        model, instances, threads, maxBatch, Optional.of(delay), preferredBatches);
  }

  /** Returns this with other preferred batches. */
  public ModelSetting withPreferredBatches(List<Integer> sizes) {
    return new ModelSetting(model, instances, threads, maxBatch, queueDelay, sizes);
  }

  /** Returns this with what it leaves empty as {@code current} has it. */
  public ModelSetting completedBy(ModelSetting current) {
    return new ModelSetting(
        model,
        instances,
        threads.isPresent() ? threads : current.threads,
        maxBatch.isPresent() ? maxBatch : current.maxBatch,
        queueDelay.or(current::queueDelay),
        preferredBatches.isEmpty() ? current.preferredBatches : preferredBatches);
  }

  /** Says whether all that this gives is so in {@code current}. */
  public boolean isMetBy(ModelSetting current) {
    return model.equals(current.model)
        && instances == current.instances
        && (threads.isEmpty() || threads.equals(current.threads))
        && (maxBatch.isEmpty() || maxBatch.equals(current.maxBatch))
        && (queueDelay.isEmpty() || queueDelay.equals(current.queueDelay))
        && (preferredBatches.isEmpty() || preferredBatches.equals(current.preferredBatches));
  }
}
