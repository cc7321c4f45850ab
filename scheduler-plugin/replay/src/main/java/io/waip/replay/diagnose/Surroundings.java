package io.waip.replay.diagnose;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What is known of a server besides its models.
 *
 * @param cores of its processor
 * @param metrics of the server
 * @param objectiveNanos latency objective by model, nanoseconds, each {@code > 0}
 */
public record Surroundings(OptionalInt cores, Metrics metrics, Map<String, Long> objectiveNanos) {
  /** Nothing is known. */
  public static final Surroundings NONE =
      new Surroundings(OptionalInt.empty(), Metrics.NONE, Map.of());

  /** Copies the map. */
  public Surroundings {
    objectiveNanos = Map.copyOf(objectiveNanos);
  }
}
