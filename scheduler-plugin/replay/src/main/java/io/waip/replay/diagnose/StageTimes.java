package io.waip.replay.diagnose;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where the time of a request goes.
 *
 * @param of name of the model, or of the records' policy
 * @param requests that the mean is over, {@code >= 1}
 * @param millis of a request in each stage, mean, milliseconds, {@code >= 0}
 */
public record StageTimes(String of, long requests, Map<Stage, Double> millis) {
  /** Copies the map and fills it up with 0. */
  public StageTimes {
    Map<Stage, Double> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      all.put(stage, millis.getOrDefault(stage, 0.0));
    }
    millis = Collections.unmodifiableMap(all);
  }

  /** Returns the time in a stage, milliseconds. */
  public double in(Stage stage) {
    return millis.getOrDefault(stage, 0.0);
  }

  /** Returns the time in all stages, milliseconds. */
  public double total() {
    return millis.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Returns these times with the delay of a finding put to the stage that it is attributed to. */
  StageTimes attributed(Finding finding) {
    Explained explained = finding.explained();
    Stage to = finding.cause().stage();
    double queued = explained.queuedMillis();
    return moved(finding.cause().countedAs(), to, explained.millis() - queued)
        .moved(Stage.QUEUE, to, queued);
  }

  private StageTimes moved(Stage from, Stage to, double most) {
    double moved = Math.min(in(from), Math.max(0, most));
    Map<Stage, Double> changed = new EnumMap<>(millis);
    changed.merge(from, -moved, Double::sum);
    changed.merge(to, moved, Double::sum);
    return new StageTimes(of, requests, changed);
  }
}
