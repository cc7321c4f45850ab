package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Counters;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.List;
import java.util.Optional;

/** The first executions after a load do work that later ones do not: graphs, kernels, caches. */
final class ColdModelRule implements ModelRule {
  /** Times of equal work differ by less than half between two parts of a time of steady load. */
  private static final double LEAST_RATIO = 1.5;

  @Override
  public Cause cause() {
    return Cause.COLD_MODEL;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    Counters first = model.load().phases().getFirst();
    Counters last = model.load().phases().getLast();
    double ratio = Phases.ratio(first, last);
    double longer = Phases.totalMillis(first) - Phases.totalMillis(last);
    boolean isIt =
        !model.configuration().hasWarmup()
            && ratio >= LEAST_RATIO
            && longer >= ModelCase.LEAST_SHARE * Phases.totalMillis(first);
    return isIt ? Optional.of(finding(model, ratio, longer)) : Optional.empty();
  }

  private Finding finding(ModelCase model, double ratio, double longer) {
    Counters first = model.load().phases().getFirst();
    long requests = first.tally(Tallied.SUCCESS).count();
    return model.finding(
        cause(),
        Confidence.HIGH,
        longer * requests / Math.max(1, model.load().requests()),
        List.of(
            model.configured("model_warmup is absent"),
            model.counted(
                "the first %d executions took %.1f times as long as later ones of their size",
                first.executions(), ratio),
            model.counted(
                "the first %d requests took %.3g ms longer than later ones, waiting included",
                requests, longer)),
        Remedy.of(
            "run requests of the usual shapes at the load: add model_warmup",
            Change.ofModel(model.name(), "model_warmup", "{ }")));
  }
}
