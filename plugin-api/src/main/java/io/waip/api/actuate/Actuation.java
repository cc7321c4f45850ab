package io.waip.api.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a change of a model's setting ended. */
public sealed interface Actuation {
  /**
   * The change is in force, read back from the runtime.
   *
   * @param before what was in force
   * @param after what is
   * @param took from the call to the verified end, {@code >= 0}
   */
  record Applied(ModelSetting before, ModelSetting after, Duration took) implements Actuation {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if they are of two models, or {@code took} is negative
     */
    public Applied {
      if (!before.model().equals(after.model()) || took.isNegative()) {
        throw new IllegalArgumentException(
            "a change of '%s' to '%s' in %s".formatted(before.model(), after.model(), took));
      }
    }
  }

  /**
   * What was wanted was in force already; nothing was touched.
   *
   * @param current what is in force
   */
  record Unchanged(ModelSetting current) implements Actuation {}

  /**
   * A person has to do it; nothing was touched.
   *
   * @param lines what to write or do, one step or line of text each, not empty
   * @param why it cannot be done here
   */
  record Advised(List<String> lines, String why) implements Actuation {
    /**
     * Copies the lines.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Advised {
      lines = List.copyOf(lines);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("advice has at least one line");
      }
    }
  }

  /**
   * The change is not in force.
   *
   * @param reason in one line
   * @param recovery what became of the setting before
   * @param inForce what the runtime says is in force now, empty where it does not say; present
   *     where it was {@link Recovery#RESTORED}
   */
  record Failed(String reason, Recovery recovery, Optional<ModelSetting> inForce)
      implements Actuation {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a restored setting is not told
     */
    public Failed {
      if (recovery == Recovery.RESTORED && inForce.isEmpty()) {
        throw new IllegalArgumentException("a setting that was restored has been read back");
      }
    }
  }

  /** What became of the setting before a change that failed. */
  enum Recovery {
    /** Nothing was begun: it is in force as before. */
    UNTOUCHED,
    /** It is in force again, as reading it back showed. */
    RESTORED,
    /** It could not be put in force again, or not be verified: a person has to look. */
    NOT_RESTORED
  }
}
