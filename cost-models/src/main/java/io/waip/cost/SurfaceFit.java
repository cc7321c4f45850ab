package io.waip.cost;

import io.waip.api.cost.CostPoint;
import java.util.List;

/** Turns the points of one variant into a {@link LatencySurface}. */
final class SurfaceFit {
  /** Samples at which a residual is trusted as much as the mean it is shrunk to. */
  private static final double SHRINKAGE_SAMPLES = 4;

  private final List<CostPoint> points;
  private final LinearLaw law;
  private final GridAxis batches;
  private final GridAxis lengths;

  /** Mean nanoseconds of each node, NaN where none was measured. */
  private final double[] measured;

  /** Samples behind each node. */
  private final double[] samples;

  /**
   * Takes the points.
   *
   * @param points at least one, all of one variant
   */
  SurfaceFit(List<CostPoint> points) {
    this.points = points;
    law = LinearFit.of(points);
    batches =
        new GridAxis(points.stream().mapToInt(CostPoint::batch).sorted().distinct().toArray());
    lengths =
        new GridAxis(points.stream().mapToInt(CostPoint::length).sorted().distinct().toArray());
    measured = new double[batches.size() * lengths.size()];
    samples = new double[measured.length];
    merge();
  }

  private void merge() {
    for (CostPoint point : points) {
      int node = node(batches.indexOf(point.batch()), lengths.indexOf(point.length()));
      measured[node] += point.nanos() * point.samples();
      samples[node] += point.samples();
    }
    for (int n = 0; n < measured.length; n++) {
      measured[n] = samples[n] > 0 ? measured[n] / samples[n] : Double.NaN;
    }
  }

  LatencySurface surface() {
    double[] caps = caps(raised(measured));
    double[] nodes = new double[measured.length];
    for (int i = 0; i < batches.size(); i++) {
      for (int j = 0; j < lengths.size(); j++) {
        int node = node(i, j);
        nodes[node] = isMeasured(node) ? measured[node] : Math.min(estimate(i, j), caps[node]);
      }
    }
    double[] envelope = raised(nodes);
    for (int n = 0; n < envelope.length; n++) {
      envelope[n] = Nanos.whole(envelope[n]);
    }
    return new LatencySurface(batches, lengths, envelope);
  }

  private boolean isMeasured(int node) {
    return samples[node] > 0;
  }

  /** Returns, for each node, the largest number at a node no larger in both axes; 0 if none. */
  private double[] raised(double[] nodes) {
    double[] raised = new double[nodes.length];
    for (int i = 0; i < batches.size(); i++) {
      for (int j = 0; j < lengths.size(); j++) {
        double own = nodes[node(i, j)];
        double below = i > 0 ? raised[node(i - 1, j)] : 0;
        double left = j > 0 ? raised[node(i, j - 1)] : 0;
        raised[node(i, j)] = Math.max(Double.isNaN(own) ? 0 : own, Math.max(below, left));
      }
    }
    return raised;
  }

  /**
   * Returns, for each node, the most that may be estimated there without raising a measured node of
   * the envelope.
   */
  private double[] caps(double[] envelope) {
    double[] caps = new double[envelope.length];
    for (int i = batches.size() - 1; i >= 0; i--) {
      for (int j = lengths.size() - 1; j >= 0; j--) {
        int node = node(i, j);
        double own = isMeasured(node) ? envelope[node] : Double.POSITIVE_INFINITY;
        double above = i + 1 < batches.size() ? caps[node(i + 1, j)] : Double.POSITIVE_INFINITY;
        double right = j + 1 < lengths.size() ? caps[node(i, j + 1)] : Double.POSITIVE_INFINITY;
        caps[node] = Math.min(own, Math.min(above, right));
      }
    }
    return caps;
  }

  /** Returns the fit at a node nobody measured, corrected by its row and column. */
  private double estimate(int row, int column) {
    double residual = 0;
    double count = 0;
    for (int i = 0; i < batches.size(); i++) {
      residual += weightedLogResidual(i, column);
      count += samples[node(i, column)];
    }
    for (int j = 0; j < lengths.size(); j++) {
      residual += weightedLogResidual(row, j);
      count += samples[node(row, j)];
    }
    return fitted(row, column) * Math.exp(residual / (count + SHRINKAGE_SAMPLES));
  }

  private double weightedLogResidual(int row, int column) {
    int node = node(row, column);
    return isMeasured(node) ? samples[node] * Math.log(measured[node] / fitted(row, column)) : 0;
  }

  private double fitted(int row, int column) {
    return law.nanos(batches.value(row), lengths.value(column));
  }

  private int node(int row, int column) {
    return row * lengths.size() + column;
  }
}
