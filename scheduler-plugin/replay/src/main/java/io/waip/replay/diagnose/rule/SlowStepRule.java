package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.ModelFigures;
import io.waip.replay.diagnose.ModelLoad;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A step of an ensemble before or after its model takes a large part of the time. */
final class SlowStepRule implements ModelRule {
  /** Of the time of all steps: less is a smaller gain than the model itself offers. */
  private static final double LEAST_SHARE_OF_STEPS = 0.3;

  private final Cause cause;

  /** Judges {@link Cause#SLOW_PREPROCESSING} or {@link Cause#SLOW_POSTPROCESSING}. */
  SlowStepRule(Cause cause) {
    this.cause = cause;
  }

  @Override
  public Cause cause() {
    return cause;
  }

  @Override
  public Optional<Finding> judge(ModelCase ensemble) {
    EnsembleSteps steps = EnsembleSteps.of(ensemble.figures(), ensemble.all());
    List<ModelFigures> judged = cause == Cause.SLOW_PREPROCESSING ? steps.before() : steps.after();
    double all = steps.all().stream().mapToDouble(SlowStepRule::millis).sum();
    return judged.stream()
        .max(Comparator.comparingDouble(SlowStepRule::millis))
        .filter(step -> millis(step) >= LEAST_SHARE_OF_STEPS * all)
        .map(step -> finding(ensemble, step, all));
  }

  private Finding finding(ModelCase ensemble, ModelFigures step, double all) {
    ModelLoad load = new ModelLoad(step);
    ModelConfiguration configuration = step.configuration().orElseThrow();
    double millis = load.totalMillis();
    return ensemble.finding(
        cause,
        Confidence.HIGH,
        millis,
        List.of(
            ensemble.configured(
                "'%s', backend %s, is a step %s the model",
                step.name(),
                configuration.backend(),
                cause == Cause.SLOW_PREPROCESSING ? "before" : "after"),
            new Evidence(
                "statistics of '" + step.name() + "'",
                ModelCase.text(
                    "it takes %.3g of %.3g ms in all steps, %.3g ms of it waiting for an"
                        + " instance, of which it has %d",
                    millis, all, load.perRequest(Tallied.QUEUE), configuration.instances()))),
        remedy(step, load, configuration));
  }

  private static Remedy remedy(
      ModelFigures step, ModelLoad load, ModelConfiguration configuration) {
    boolean isQueued = load.share(Tallied.QUEUE) >= ModelCase.LEAST_QUEUE_SHARE;
    return isQueued
        ? Remedy.of(
            "run more instances of the step: instance_group.count %d"
                .formatted(2 * configuration.instances()),
            Change.ofModel(step.name(), "instance_group.count", 2 * configuration.instances()))
        : Remedy.of(
            "do the step's work in the client, or in a faster backend than %s"
                .formatted(configuration.backend()),
            new Change(Change.Place.CLIENT, step.name(), "move_to_client", "true"));
  }

  private static double millis(ModelFigures step) {
    return new ModelLoad(step).totalMillis();
  }
}
