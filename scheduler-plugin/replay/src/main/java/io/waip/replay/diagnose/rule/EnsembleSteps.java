package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.ModelFigures;
import io.waip.replay.diagnose.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of an ensemble whose figures and configuration are known, told apart by the first and
 * the last of them that run a model rather than code.
 *
 * @param before the first model
 * @param models from the first model to the last
 * @param after the last model
 */
public record EnsembleSteps(
    List<ModelFigures> before, List<ModelFigures> models, List<ModelFigures> after) {
  /** Copies the lists. */
  public EnsembleSteps {
    before = List.copyOf(before);
    models = List.copyOf(models);
    after = List.copyOf(after);
  }

  /** Returns the steps of a model; none where it is no ensemble, or no step runs a model. */
  public static EnsembleSteps of(ModelFigures ensemble, Observed all) {
    List<ModelFigures> steps =
        ensemble.configuration().map(ModelConfiguration::steps).orElse(List.of()).stream()
            .map(all::model)
            .flatMap(Optional::stream)
            .filter(step -> step.configuration().isPresent())
            .toList();
    List<Integer> models = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).isFramework()) {
        models.add(i);
      }
    }
    if (models.isEmpty()) {
      return new EnsembleSteps(List.of(), List.of(), List.of());
    }
    int first = models.getFirst();
    int last = models.getLast();
    return new EnsembleSteps(
        steps.subList(0, first),
        steps.subList(first, last + 1),
        steps.subList(last + 1, steps.size()));
  }

  /** Returns all steps in order. */
  public List<ModelFigures> all() {
    List<ModelFigures> all = new ArrayList<>(before);
    all.addAll(models);
    all.addAll(after);
    return all;
  }
}
