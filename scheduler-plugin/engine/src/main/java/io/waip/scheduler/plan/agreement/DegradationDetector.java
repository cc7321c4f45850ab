package io.waip.scheduler.plan.agreement;

/**
 * Notices that a variant agrees less often than the plan relies on, whenever that begins.
 *
 * <p>A Shiryaev-Roberts sum of bets against the quality relied on (Shin, Ramdas and Rinaldo,
 * E-detectors: a nonparametric framework for sequential change detection, New England Journal of
 * Statistics in Data Science, 2024): a bet of {@code L} multiplies its stake by {@code 1 + L (q -
 * x)} at a comparison of outcome {@code x}, which gains nothing in the mean while the quality is at
 * least {@code q}. Each comparison stakes one more unit, so that within {@code n} comparisons a sum
 * of {@code n / risk} has a chance of at most {@code risk}. Bets of several sizes share each stake,
 * since how far quality falls is not known before. Single writer; allocates nothing after
 * construction.
 */
public final class DegradationDetector {
  private static final int SIZES = 6;

  private final double relied;
  private final double limit;
  private final double[] sums = new double[SIZES];
  private long samples;
  private boolean found;

  /**
   * Begins to watch.
   *
   * @param relied quality that the plan relies on, {@code (0, 1)}
   * @param risk chance of an alarm within the horizon though quality is what is relied on, {@code
   *     (0, 1)}
   * @param horizon comparisons, {@code >= 1}
   * @throws IllegalArgumentException if one is out of range
   */
  public DegradationDetector(double relied, double risk, long horizon) {
    if (!(relied > 0 && relied < 1) || !(risk > 0 && risk < 1) || horizon < 1) {
      throw new IllegalArgumentException(
          "quality and risk must be in (0, 1) and the horizon >= 1, are %s, %s and %d"
              .formatted(relied, risk, horizon));
    }
    this.relied = relied;
    limit = horizon / risk;
  }

  /**
   * Takes one comparison.
   *
   * @return whether quality is found to be below what is relied on, now or before
   */
  public boolean add(boolean agrees) {
    samples++;
    double outcome = agrees ? 1 : 0;
    double total = 0;
    for (int i = 0; i < SIZES; i++) {
      sums[i] = (sums[i] + 1.0 / SIZES) * (1 + bet(i) * (relied - outcome));
      total += sums[i];
    }
    found |= total >= limit;
    return found;
  }

  /** The largest bet loses half of its stake when a comparison agrees; each next half as much. */
  private double bet(int i) {
    return 0.5 / (1 - relied) / (1 << i);
  }

  /** Returns the number of comparisons. */
  public long samples() {
    return samples;
  }

  /** Says whether quality was found to be below what is relied on. */
  public boolean isDegraded() {
    return found;
  }
}
