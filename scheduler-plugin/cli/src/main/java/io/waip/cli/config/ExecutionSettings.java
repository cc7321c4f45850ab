package io.waip.cli.config;

import io.waip.replay.spec.CostSpec;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a plan needs to know of running a variant.
 *
 * @param cost time of a batch on a device of speed 1; empty where nothing is said
 * @param maxBatch largest batch, {@code [1, 1024]}
 * @param memoryBytes taken on each device, {@code > 0}; empty where nothing is said
 */
public record ExecutionSettings(Optional<CostSpec> cost, int maxBatch, OptionalDouble memoryBytes) {
  /** Batches beyond this rarely gain. */
  public static final int DEFAULT_MAX_BATCH = 64;

  /** Nothing is said. */
  public static final ExecutionSettings DEFAULT =
      new ExecutionSettings(Optional.empty(), DEFAULT_MAX_BATCH, OptionalDouble.empty());
}
