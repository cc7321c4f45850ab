package io.waip.replay.diagnose;

import java.util.List;

/**
 * A cause of delay that was found.
 *
 * @param explained how much of the delay it explains
 * @param evidence what it rests on; at least one
 * @param remedy what helps
 */
public record Finding(
    Cause cause,
    Confidence confidence,
    Explained explained,
    List<Evidence> evidence,
    Remedy remedy) {
  /** Copies the list. */
  public Finding {
    evidence = List.copyOf(evidence);
  }
}
