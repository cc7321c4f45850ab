package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchCurve;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.List;
import java.util.Optional;

/** Requests wait for the end of the queue delay, for companions that do not come. */
final class QueueDelayRule implements ModelRule {
  /** With more use of the instances a wait is due to them, not to the delay. */
  private static final double MOST_UTILISATION = 0.7;

  /** A delay that is waited to its end makes the mean wait about that of its first request. */
  private static final double LEAST_PART_OF_DELAY = 0.3;

  /** A batch is full beyond this share of its largest size: then the delay did its work. */
  private static final double MOST_FILLED = 0.8;

  @Override
  public Cause cause() {
    return Cause.QUEUE_DELAY;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    double delayMillis = configuration.queueDelayNanos() / 1e6;
    double waited = model.load().perRequest(Tallied.QUEUE);
    boolean isIt =
        delayMillis > 0
            && waited >= LEAST_PART_OF_DELAY * delayMillis
            && model.waits()
            && model.utilisation().orElseThrow() <= MOST_UTILISATION
            && model.load().meanBatch() <= MOST_FILLED * configuration.maxBatch();
    return isIt ? Optional.of(finding(model)) : Optional.empty();
  }

  private Finding finding(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    long micros = enoughMicros(model);
    return model.waitingFor(
        cause(),
        Confidence.HIGH,
        List.of(
            model.configured(
                "max_queue_delay_microseconds is %d%s",
                configuration.queueDelayNanos() / 1000,
                configuration.preferredSizes().isEmpty()
                    ? ""
                    : ", preferred_batch_size " + configuration.preferredSizes()),
            model.waiting(),
            model.counted(
                "instances execute %.0f %% of the time, with %.1f rows of %d",
                100 * model.utilisation().orElseThrow(),
                model.load().meanBatch(),
                configuration.maxBatch())),
        Remedy.of(
            micros == 0
                ? "remove the queue delay: single requests leave the instances time enough"
                : "shorten the queue delay to what batches need to carry the load",
            Change.ofModel(model.name(), "dynamic_batching.max_queue_delay_microseconds", micros)));
  }

  /** Returns the delay that gathers the smallest batches that carry the load at that use. */
  private static long enoughMicros(ModelCase model) {
    BatchCurve curve = model.load().curve();
    double perSecond = model.load().rowsPerSecond().orElseThrow();
    if (!curve.hasLine()) {
      return 0;
    }
    int rows = 1;
    double limit = MOST_UTILISATION * model.configuration().instances() * 1e9 / perSecond;
    while (rows < model.load().meanBatch() && curve.lineNanos(rows) / rows > limit) {
      rows++;
    }
    return Math.round((rows - 1) / perSecond * 1e6);
  }
}
