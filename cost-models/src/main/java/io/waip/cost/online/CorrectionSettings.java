package io.waip.cost.online;

/**
 * How fast corrections follow what is measured.
 *
 * @param levelWeight weight of the latest value in the level that all cells share, {@code (0, 1]}
 * @param cellWeight weight of the latest value in the deviation of a cell, a row or a column from
 *     that level, {@code (0, 1]}
 */
public record CorrectionSettings(double levelWeight, double cellWeight) {
  /** A tenth and a twentieth: the level follows sooner than the shape. */
  public static final CorrectionSettings DEFAULT = new CorrectionSettings(0.1, 0.05);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public CorrectionSettings {
    require(levelWeight, "level weight");
    require(cellWeight, "cell weight");
  }

  private static void require(double weight, String name) {
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1], is " + weight);
    }
  }
}
