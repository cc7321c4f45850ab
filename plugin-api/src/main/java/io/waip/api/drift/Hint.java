package io.waip.api.drift;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * That something outside believes the workload or the fleet has changed. It may make the planner
 * look earlier, through the same gates of gain and dwell as any other plan; it has no field that
 * could carry a setting, and it is no evidence of its own.
 *
 * @param source who says so, not blank
 * @param subject what it is about, in the source's words, not blank
 * @param severity in the source's words; empty where it says none
 * @param score how unusual, finite and {@code >= 0}, on the source's scale; empty where it says
 *     none
 * @param since when it began
 */
public record Hint(
    String source, String subject, String severity, OptionalDouble score, Instant since) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if source or subject are blank or the score is out of range
   */
  public Hint {
    double value = score.orElse(0);
    if (source.isBlank() || subject.isBlank() || !(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "a hint needs source, subject and a finite score >= 0, has '%s', '%s' and %s"
              .formatted(source, subject, score));
    }
  }
}
