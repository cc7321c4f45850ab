package io.waip.cost.fit;

import io.waip.cost.quantile.ConformalRank;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Log residuals of the subjects of a phase, for one of them that has too few of its own: those at
 * points within the range of the points a curve saw, and those beyond it, where errors are of
 * another size. Immutable.
 */
public final class BorrowedResiduals {
  /** Nothing borrowed. */
  static final BorrowedResiduals NONE = new BorrowedResiduals(new double[0], new double[0]);

  private final double[] within;
  private final double[] beyond;

  BorrowedResiduals(double[] within, double[] beyond) {
    this.within = within.clone();
    this.beyond = beyond.clone();
  }

  /** Returns the residuals of several subjects. */
  static BorrowedResiduals of(List<FittedSubject> fits) {
    return new BorrowedResiduals(
        fits.stream().flatMapToDouble(fit -> fit.logResiduals(false)).toArray(),
        fits.stream().flatMapToDouble(fit -> fit.logResiduals(true)).toArray());
  }

  double[] within() {
    return within.clone();
  }

  double[] beyond() {
    return beyond.clone();
  }

  /**
   * Returns the bound of the residual at a shape: among those of its kind, or all if these are too
   * few.
   *
   * @param level wanted probability, in {@code (0, 1)}
   * @return empty if all together are too few
   */
  OptionalDouble bound(boolean isBeyond, double level) {
    double[] own = isBeyond ? beyond : within;
    boolean enough = own.length >= ConformalRank.needed(level);
    return ConformalRank.bound(enough ? own : all(), level);
  }

  private double[] all() {
    return DoubleStream.concat(DoubleStream.of(within), DoubleStream.of(beyond)).toArray();
  }
}
