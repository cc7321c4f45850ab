package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/** Requests are refused though the instances have time for them. */
final class ShortTimeoutRule implements ModelRule {
  /** One request in a hundred is what objectives commonly allow. */
  private static final double LEAST_FAILED = 0.01;

  /** With more use of the instances a time-out sheds what cannot be served. */
  private static final double MOST_UTILISATION = 0.8;

  /** Instances that batch greedily are busy early; batches with this room could carry more. */
  private static final double MOST_FILLED = 0.5;

  /** A request may have to wait for one execution before its own; the second is for chance. */
  private static final double EXECUTIONS = 2;

  @Override
  public Cause cause() {
    return Cause.SHORT_TIMEOUT;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    double timeoutMillis = configuration.timeoutNanos() / 1e6;
    long offered = model.load().requests() + model.load().failed();
    double failed = (double) model.load().failed() / Math.max(1, offered);
    boolean isIt =
        timeoutMillis > 0
            && failed >= LEAST_FAILED
            && timeoutMillis < EXECUTIONS * longestMillis(model)
            && hasRoom(model);
    return isIt ? Optional.of(finding(model, failed)) : Optional.empty();
  }

  private Finding finding(ModelCase model, double failed) {
    double longest = longestMillis(model);
    double objective = model.objectiveNanos().map(nanos -> nanos / 1e6).orElse(0.0);
    long micros = Math.round(1000 * Math.max(2 * EXECUTIONS * longest, objective - longest));
    return new Finding(
        cause(),
        Confidence.HIGH,
        Explained.lost(model.name(), failed),
        List.of(
            model.configured(
                "default_timeout_microseconds is %d", model.configuration().timeoutNanos() / 1000),
            model.counted(
                "%d of %d requests failed, while instances execute %.0f %% of the time",
                model.load().failed(),
                model.load().requests() + model.load().failed(),
                100 * model.utilisation().orElseThrow()),
            model.counted(
                "an execution of the largest batch takes %.3g ms, for which a request may have to"
                    + " wait",
                longest)),
        Remedy.of(
            "raise the time-out above the executions that a request waits for",
            model.timeout(micros)));
  }

  private static boolean hasRoom(ModelCase model) {
    return model.utilisation().orElseThrow() <= MOST_UTILISATION
        || model.load().meanBatch() <= MOST_FILLED * model.configuration().maxBatch();
  }

  private static double longestMillis(ModelCase model) {
    return model.load().curve().meanNanos(model.load().largestBatch()).orElse(0) / 1e6;
  }
}
