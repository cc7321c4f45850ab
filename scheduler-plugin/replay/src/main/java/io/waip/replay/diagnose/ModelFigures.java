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

  /** Says whether the model is known to be a front that holds requests for the planner. */
  public boolean isFront() {
    return configuration.filter(ModelConfiguration::isFront).isPresent();
  }

  /** Says whether it is known to be an ensemble of other models. */
  public boolean isEnsemble() {
    return configuration.filter(ModelConfiguration::isEnsemble).isPresent();
  }

  /** Says whether it is known to run a model, rather than code of its own or other models. */
  public boolean isFramework() {
    return configuration.filter(ModelConfiguration::isFramework).isPresent();
  }

  /** Returns how many executions may run at once, {@code >= 1}; 1 where that is not known. */
  public int instances() {
    return configuration.map(ModelConfiguration::instances).orElse(1);
  }
}
