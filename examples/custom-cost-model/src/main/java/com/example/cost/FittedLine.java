package com.example.cost;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.v1.CostPoint;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/**
 * A line with bounds.
 *
 * @param points what it was fitted to, with the log of measured over predicted by a line that did
 *     not see the point
 */
record FittedLine(Line line, List<CostPoint> points) {

  LatencyEstimate predict(int batch, int length) {
    double median = line.nanos(batch, length);
    boolean isMeasured =
        isWithin(CostPoint::getBatch, batch) && isWithin(CostPoint::getLength, length);
    return new LatencyEstimate(
        median,
        bound(median, 0.95),
        bound(median, 0.99),
        isMeasured ? Basis.MEASURED : Basis.EXTRAPOLATED);
  }

  private boolean isWithin(ToIntFunction<CostPoint> size, int asked) {
    return points.stream().mapToInt(size).min().orElseThrow() <= asked
        && points.stream().mapToInt(size).max().orElseThrow() >= asked;
  }

  /**
   * The residual of rank {@code ceil((n + 1) share)} of n, as split conformal prediction takes it
   * (Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005); none where n is
   * too small for the rank. The residuals are of leave-one-out fits, so the share is held in
   * practice and not by proof.
   */
  private OptionalDouble bound(double median, double share) {
    double[] residuals = points.stream().mapToDouble(CostPoint::getLogResidual).toArray();
    Arrays.sort(residuals);
    int rank = (int) Math.ceil((residuals.length + 1) * share);
    return rank > residuals.length
        ? OptionalDouble.empty()
        : OptionalDouble.of(median * Math.exp(Math.max(0, residuals[rank - 1])));
  }
}
