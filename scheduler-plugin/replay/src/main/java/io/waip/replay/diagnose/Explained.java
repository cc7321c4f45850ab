package io.waip.replay.diagnose;

/**
 * The delay that a cause explains.
 *
 * @param of name of the model, or of what else is delayed
 * @param millis mean for a request, milliseconds, {@code >= 0}; an upper bound where several causes
 *     share a delay
 * @param queuedMillis the part of {@code millis} that others wait because of it, {@code >= 0}
 * @param share of the mean time of a request, or of the requests where they are lost, {@code [0,
 *     1]}
 */
public record Explained(String of, double millis, double queuedMillis, double share) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public Explained {
    boolean isTime = millis >= 0 && queuedMillis >= 0;
    if (!isTime || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s: times must be >= 0 and share in [0, 1], are %s, %s and %s"
              .formatted(of, millis, queuedMillis, share));
    }
  }

  /** Returns that a share of requests is lost. */
  public static Explained lost(String of, double share) {
    return new Explained(of, 0, 0, Math.clamp(share, 0, 1));
  }
}
