package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * A time-out of a request may only shorten the default one, and a default of 0, which means none,
 * cannot be shortened: Triton then ignores it without a word (core, {@code scheduler_utils.cc},
 * {@code PolicyQueue::Enqueue}).
 */
final class IgnoredTimeoutRule implements ModelRule {
  /** Longer than a client waits, so that the client's own time-out decides. */
  private static final long DEFAULT_MICROS = 10_000_000;

  @Override
  public Cause cause() {
    return Cause.IGNORED_TIMEOUT;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    ModelConfiguration configuration = model.configuration();
    boolean isIt =
        configuration.hasBatching()
            && configuration.allowsTimeouts()
            && configuration.timeoutNanos() == 0
            && model.waitsLong();
    if (!isIt) {
      return Optional.empty();
    }
    return Optional.of(
        model.waitingFor(
            cause(),
            Confidence.HIGH,
            List.of(
                model.configured(
                    "allow_timeout_override is true and default_timeout_microseconds is 0, so that"
                        + " no request's time-out has an effect"),
                model.waiting(),
                model.counted(
                    "%d of %d requests failed", model.load().failed(), model.load().requests())),
            Remedy.of(
                "set default_timeout_microseconds above the longest time-out of a client",
                model.timeout(DEFAULT_MICROS))));
  }
}
