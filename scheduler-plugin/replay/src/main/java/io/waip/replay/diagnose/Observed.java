package io.waip.replay.diagnose;

import java.util.List;
import java.util.Optional;

/**
 * All that a diagnosis is made from.
 *
 * @param models of one server
 * @param surroundings of them
 * @param records of a run
 */
public record Observed(
    List<ModelFigures> models, Surroundings surroundings, Optional<RecordFigures> records) {
  /** Copies the list. */
  public Observed {
    models = List.copyOf(models);
  }

  /** Returns the figures of a model. */
  public Optional<ModelFigures> model(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }
}
