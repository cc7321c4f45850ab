package io.waip.api.cost;

/**
 * How a fit is judged.
 *
 * @param trainPoints shapes of each subject that a fit sees, {@code >= 3}; at most four fifths of a
 *     subject's shapes are taken
 * @param splits how often shapes are drawn, {@code >= 1}; each subject of each split draws with a
 *     seed of its own, the same in every trial of the same subjects
 */
public record FitTrial(int trainPoints, int splits) {
  /** Fewest shapes a law can be fitted to. */
  public static final int MIN_TRAIN_POINTS = 3;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public FitTrial {
    if (trainPoints < MIN_TRAIN_POINTS || splits < 1) {
      throw new IllegalArgumentException(
          "train points must be >= %d and splits >= 1, are %d and %d"
              .formatted(MIN_TRAIN_POINTS, trainPoints, splits));
    }
  }
}
