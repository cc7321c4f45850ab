package io.waip.replay.diagnose;

import java.util.List;

/**
 * What helps.
 *
 * @param text for people
 * @param changes the same as settings; all of them together
 */
public record Remedy(String text, List<Change> changes) {
  /** Copies the list. */
  public Remedy {
    changes = List.copyOf(changes);
  }

  /** Returns a remedy that is one change. */
  public static Remedy of(String text, Change change) {
    return new Remedy(text, List.of(change));
  }
}
