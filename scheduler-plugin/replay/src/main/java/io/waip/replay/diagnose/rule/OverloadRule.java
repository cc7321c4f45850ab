package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** More is offered than instances serve, and nothing else that was judged explains it. */
final class OverloadRule implements ModelRule {
  /** Above it a queue grows with every burst and hardly shrinks between them. */
  private static final double LEAST_UTILISATION = 0.95;

  /**
   * Time-out without an objective, in executions: as long as two full batches and a running one.
   */
  private static final double EXECUTIONS = 3;

  @Override
  public Cause cause() {
    return Cause.OVERLOAD;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    boolean isIt =
        !model.configuration().isFront()
            && !model.configuration().isEnsemble()
            && model.waitsLong()
            && model.utilisation().orElseThrow() >= LEAST_UTILISATION;
    return isIt ? Optional.of(finding(model)) : Optional.empty();
  }

  private Finding finding(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        model.counted(
            "instances execute %.0f %% of the time, with %.1f rows of %d",
            100 * model.utilisation().orElseThrow(),
            model.load().meanBatch(),
            Math.max(1, configuration.maxBatch())));
    evidence.add(model.waiting());
    boolean isUnlimited = configuration.timeoutNanos() == 0 && configuration.maxQueueSize() == 0;
    if (isUnlimited) {
      evidence.add(model.configured("no time-out and no limit of the queue: all are served late"));
    }
    Remedy remedy =
        isUnlimited && configuration.hasBatching()
            ? Remedy.of(
                "refuse what would be served too late, with a time-out in the queue; then add"
                    + " replicas, or a waip front that admits by deadline",
                model.timeout(timeoutMicros(model)))
            : new Remedy("add replicas, or a waip front that admits by deadline", List.of());
    return model.waitingFor(cause(), Confidence.MEDIUM, evidence, remedy);
  }

  /** Returns the longest wait after which an execution still meets the objective. */
  private static long timeoutMicros(ModelCase model) {
    double execution = model.load().executionMillis();
    double byExecutions = EXECUTIONS * execution;
    double millis =
        model
            .objectiveNanos()
            .map(nanos -> Math.max(execution, nanos / 1e6 - execution))
            .orElse(byExecutions);
    return Math.round(1000 * millis);
  }
}
