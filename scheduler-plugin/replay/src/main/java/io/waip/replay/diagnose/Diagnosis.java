package io.waip.replay.diagnose;

import java.util.List;

/**
 * What was found.
 *
 * @param stages where the time goes, of each model that clients call and of the records
 * @param findings causes, those that explain most first; empty where nothing wrong was found
 * @param unknown causes that could not be judged
 */
public record Diagnosis(List<StageTimes> stages, List<Finding> findings, List<Unknown> unknown) {
  /** Copies the lists. */
  public Diagnosis {
    stages = List.copyOf(stages);
    findings = List.copyOf(findings);
    unknown = List.copyOf(unknown);
  }
}
