package io.waip.replay.diagnose;

/**
 * The delay that a cause explains.
 *
 * @param of name of the model, or of what else is delayed
 * @param millis mean for a request, milliseconds, {@code >= 0}; an upper bound where several causes
 *     share a delay
 * @param share of the mean time of a request, or of the requests where they are lost, {@code [0,
 *     1]}
 */
public record Explained(String of, double millis, double share) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public Explained {
    if (!(millis >= 0) || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s: millis must be >= 0 and share in [0, 1], are %s and %s"
              .formatted(of, millis, share));
    }
  }
}
