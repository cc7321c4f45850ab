package io.waip.replay.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a model.
 *
 * @param name of the model
 * @param counters what they grew by over the whole time
 * @param phases the same, part by part, in order; at least one
 * @param windowNanos how long the whole time was, nanoseconds, {@code > 0}
 * @param configuration of the model
 */
public record ModelFigures(
    String name,
    Counters counters,
    List<Counters> phases,
    OptionalDouble windowNanos,
    Optional<ModelConfiguration> configuration) {
  /** Copies the list. */
  public ModelFigures {
    phases = List.copyOf(phases);
  }
}
