package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchTally;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Counters;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/** The first executions after a load do work that later ones do not: graphs, kernels, caches. */
final class ColdModelRule implements ModelRule {
  /** Times of equal work differ by less than half between two parts of a time of steady load. */
  private static final double LEAST_RATIO = 1.5;

  /** Mean of the first part over that of all: the first part is what is judged. */
  @Override
  public Cause cause() {
    return Cause.COLD_MODEL;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    Counters first = model.load().phases().getFirst();
    double ratio = Phases.ratio(first, model.load().phases().getLast());
    double excess = excessMillis(first, ratio);
    double total = Phases.totalMillis(first);
    boolean isIt =
        !model.configuration().hasWarmup()
            && ratio >= LEAST_RATIO
            && excess >= ModelCase.LEAST_SHARE * total;
    if (!isIt) {
      return Optional.empty();
    }
    return Optional.of(
        model.finding(
            cause(),
            Confidence.HIGH,
            excess
                * first.executions()
                / Math.max(
                    1,
                    model.load().batches().values().stream()
                        .mapToLong(BatchTally::executions)
                        .sum()),
            List.of(
                model.configured("model_warmup is absent"),
                model.counted(
                    "the first %d executions took %.1f times as long as later ones of their size,"
                        + " which is %.3g ms more for each of them",
                    first.executions(), ratio, excess)),
            Remedy.of(
                "run requests of the usual shapes at the load: add model_warmup",
                Change.ofModel(model.name(), "model_warmup", "{ }"))));
  }

  /** Returns what the first executions took longer, mean, milliseconds. */
  private static double excessMillis(Counters first, double ratio) {
    long executions = Math.max(1, first.executions());
    return first.busyNanos() * (1 - 1 / Math.max(1, ratio)) / 1e6 / executions;
  }
}
