package io.waip.replay.diagnose;

import io.waip.replay.diagnose.rule.EnsembleSteps;
import java.util.EnumMap;
import java.util.Map;

/** Puts the parts of a request's time that were counted to the stages. Stateless. */
final class StageSplit {
  private StageSplit() {}

  /** Returns where the time of a model's requests goes, an ensemble's through its steps. */
  static StageTimes of(ModelFigures model, Observed all) {
    ModelLoad load = new ModelLoad(model);
    Map<Stage, Double> millis = new EnumMap<>(Stage.class);
    EnsembleSteps steps = EnsembleSteps.of(model, all);
    if (steps.all().isEmpty()) {
      add(millis, model);
    } else {
      steps.before().forEach(step -> add(millis, Stage.PREPROCESSING, total(step)));
      steps.models().forEach(step -> add(millis, step));
      steps.after().forEach(step -> add(millis, Stage.POSTPROCESSING, total(step)));
    }
    double known = millis.values().stream().mapToDouble(Double::doubleValue).sum();
    add(millis, Stage.OTHER, Math.max(0, load.totalMillis() - known));
    return new StageTimes(model.name(), load.requests(), millis);
  }

  /** Returns where the time of the requests in records goes. */
  static StageTimes of(RecordFigures run) {
    Map<Stage, Double> millis = new EnumMap<>(Stage.class);
    double padded = run.times().busy() == 0 ? 0 : run.times().padded() / run.times().busy();
    double executed = run.perRequest(run.times().executed());
    add(millis, Stage.QUEUE, run.perRequest(run.times().waited()));
    add(millis, Stage.BATCH_COMPOSITION, executed * padded);
    add(millis, Stage.INFERENCE, executed * (1 - padded));
    return new StageTimes("records of " + run.policy(), run.counts().executed(), millis);
  }

  /** A front counts the time it holds a request as input. */
  private static void add(Map<Stage, Double> millis, ModelFigures model) {
    ModelLoad load = new ModelLoad(model);
    add(millis, Stage.QUEUE, load.perRequest(Tallied.QUEUE));
    add(
        millis,
        model.isFront() ? Stage.QUEUE : Stage.PREPROCESSING,
        load.perRequest(Tallied.COMPUTE_INPUT));
    add(millis, Stage.INFERENCE, load.perRequest(Tallied.COMPUTE_INFER));
    add(millis, Stage.POSTPROCESSING, load.perRequest(Tallied.COMPUTE_OUTPUT));
  }

  private static void add(Map<Stage, Double> millis, Stage stage, double more) {
    millis.merge(stage, more, Double::sum);
  }

  private static double total(ModelFigures step) {
    return new ModelLoad(step).totalMillis();
  }
}
