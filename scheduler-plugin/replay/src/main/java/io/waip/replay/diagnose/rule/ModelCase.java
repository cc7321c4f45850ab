package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Evidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Metrics;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.ModelFigures;
import io.waip.replay.diagnose.ModelLoad;
import io.waip.replay.diagnose.Observed;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import io.waip.replay.diagnose.Wording;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model under judgement.
 *
 * @param figures of the model
 * @param load what follows from them
 * @param all that was observed, the model included
 */
public record ModelCase(ModelFigures figures, ModelLoad load, Observed all) {
  /** A cause that explains less of a request's time is not worth a change. */
  static final double LEAST_SHARE = 0.1;

  /** Waiting below this share of a request's time is no queue to speak of. */
  static final double LEAST_QUEUE_SHARE = 0.3;

  /**
   * A queue that is emptied by one batch makes a request wait for the running execution and at most
   * its own turn: two of them. From three on requests wait though the batch before had room, or
   * because it had none.
   */
  static final double LONG_WAIT_EXECUTIONS = 3;

  /** Instances used more than this have a queue at most times. */
  static final double FULL = 0.9;

  /** Instances used less than this empty their queue between bursts. */
  static final double ROOM = 0.85;

  /** Takes the figures of a model. */
  public ModelCase(ModelFigures figures, Observed all) {
    this(figures, new ModelLoad(figures), all);
  }

  String name() {
    return figures.name();
  }

  ModelConfiguration configuration() {
    return figures.configuration().orElseThrow();
  }

  Metrics metrics() {
    return all.surroundings().metrics();
  }

  /** Returns the latency objective, nanoseconds. */
  Optional<Long> objectiveNanos() {
    return Optional.ofNullable(all.surroundings().objectiveNanos().get(name()));
  }

  OptionalDouble utilisation() {
    return load.utilisation(configuration().instances());
  }

  /** Says whether waiting is a large part of a request's time. */
  boolean waits() {
    return load.share(Tallied.QUEUE) >= LEAST_QUEUE_SHARE;
  }

  /** Says whether requests wait, and for more than the running execution and their own turn. */
  boolean waitsLong() {
    return waits() && executionsWaited() >= LONG_WAIT_EXECUTIONS;
  }

  /** Returns how many executions of an instance pass while a request waits. */
  double executionsWaited() {
    return load.executionsWaited(configuration().instances());
  }

  /** Returns a finding that explains the waiting of requests. */
  Finding waitingFor(Cause cause, Confidence confidence, List<Evidence> evidence, Remedy remedy) {
    return finding(cause, confidence, load.perRequest(Tallied.QUEUE), evidence, remedy);
  }

  /** Returns the change of the time-out that requests have in the queue by default. */
  Change timeout(long micros) {
    return Change.ofModel(
        name(), "dynamic_batching.default_queue_policy.default_timeout_microseconds", micros);
  }

  /** Returns a finding about a part of the time of requests. */
  Finding finding(
      Cause cause, Confidence confidence, double millis, List<Evidence> evidence, Remedy remedy) {
    return finding(cause, confidence, explained(millis, 0), evidence, remedy);
  }

  /** Returns a finding about what makes executions longer, {@link #slowing}. */
  Finding finding(
      Cause cause,
      Confidence confidence,
      Explained explained,
      List<Evidence> evidence,
      Remedy remedy) {
    return new Finding(cause, confidence, explained, evidence, remedy);
  }

  /**
   * Returns what a cause explains that makes a request's computing longer. Where instances are busy
   * because of it, and would not be without it, that is the queue as well.
   */
  Explained slowing(double millis) {
    double use = load.utilisation(figures.instances()).orElse(0);
    double without = use * (1 - Math.min(1, millis / load.computingMillis()));
    boolean fillsQueue = use >= FULL && without < ROOM;
    return explained(millis, fillsQueue ? load.perRequest(Tallied.QUEUE) : 0);
  }

  private Explained explained(double millis, double queued) {
    double all = Math.min(millis + queued, load.totalMillis());
    return new Explained(name(), all, Math.min(queued, all), load.share(all));
  }

  /** Says whether what a cause explains is worth a change. */
  static boolean isWorth(Explained explained) {
    return explained.share() >= LEAST_SHARE;
  }

  /** Returns evidence from the counters. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  Evidence counted(String format, Object... figures) {
    return new Evidence("statistics of '" + name() + "'", text(format, figures));
  }

  /** Returns evidence from the configuration. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  Evidence configured(String format, Object... figures) {
    return new Evidence("configuration of '" + name() + "'", text(format, figures));
  }

  /** Returns evidence from the metrics. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  static Evidence metered(String format, Object... figures) {
    return new Evidence("metrics", text(format, figures));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  static String text(String format, Object... figures) {
    return Wording.text(format, figures);
  }

  /** Returns how requests wait, as evidence. */
  Evidence waiting() {
    return counted(
        "a request waits %.3g of %.3g ms (%.0f %%), for %.1f executions of %.3g ms",
        load.perRequest(Tallied.QUEUE),
        load.totalMillis(),
        100 * load.share(Tallied.QUEUE),
        executionsWaited(),
        load.executionMillis());
  }
}
