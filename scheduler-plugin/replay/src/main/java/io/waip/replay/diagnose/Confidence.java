package io.waip.replay.diagnose;

import java.util.Locale;

/** How sure a finding is. */
public enum Confidence {
  /** Figures and configuration agree. */
  HIGH,
  /** The figures fit, but another cause could give the same ones. */
  MEDIUM;

  /** Returns the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
