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
 * @param devicesPerInstance devices that one instance takes, {@code [1, 64]}: those of a
 *     tensor-parallel copy, or the cores of its threads
 */
public record ExecutionSettings(
    Optional<CostSpec> cost, int maxBatch, OptionalDouble memoryBytes, int devicesPerInstance) {
  /** A device holds an instance alone. */
  public static final int DEFAULT_DEVICES_PER_INSTANCE = 1;

  /** Batches beyond this rarely gain. */
  public static final int DEFAULT_MAX_BATCH = 64;

  /** Nothing is said. */
  public static final ExecutionSettings DEFAULT =
      new ExecutionSettings(
          Optional.empty(),
          DEFAULT_MAX_BATCH,
          OptionalDouble.empty(),
          DEFAULT_DEVICES_PER_INSTANCE);
}
