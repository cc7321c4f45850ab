package io.waip.replay.diagnose;

import java.util.List;

/**
 * Causes that could not be judged.
 *
 * @param of name of the model, or empty
 * @param missing what would tell
 * @param causes that it would tell of; at least one
 */
public record Unknown(String of, Input missing, List<Cause> causes) {
  /** Copies the list. */
  public Unknown {
    causes = List.copyOf(causes);
  }
}
