package com.example.cost;

import io.waip.api.measurement.MeasuredShape;
import java.util.List;

/**
 * {@code perExecution + perRequest b + perElement b L}, nanoseconds; no part is negative, so the
 * line never falls.
 */
record Line(double perExecution, double perRequest, double perElement) {
  private static final int MAX_SWEEPS = 50_000;
  private static final double STEADY = 1e-12;

  /**
   * Fits by least squares of the relative error under non-negative coefficients: coordinate descent
   * on the normal equations, each step the best non-negative value of one coefficient.
   *
   * @param shapes at least one
   */
  static Line through(List<MeasuredShape> shapes) {
    double[][] gram = new double[3][3];
    double[] goal = new double[3];
    for (MeasuredShape shape : shapes) {
      double[] parts = parts(shape.batch(), shape.length());
      for (int j = 0; j < 3; j++) {
        goal[j] += parts[j] / shape.nanos();
        for (int k = 0; k < 3; k++) {
          gram[j][k] += parts[j] * parts[k] / (shape.nanos() * shape.nanos());
        }
      }
    }
    double[] line = new double[3];
    boolean isMoving = true;
    for (int sweep = 0; sweep < MAX_SWEEPS && isMoving; sweep++) {
      isMoving = false;
      for (int j = 0; j < 3; j++) {
        double rest = goal[j];
        for (int k = 0; k < 3; k++) {
          rest -= k == j ? 0 : gram[j][k] * line[k];
        }
        double best = Math.max(0, rest / gram[j][j]);
        isMoving |= Math.abs(best - line[j]) > STEADY * best;
        line[j] = best;
      }
    }
    return new Line(line[0], line[1], line[2]);
  }

  double nanos(int batch, int length) {
    double[] parts = parts(batch, length);
    return perExecution * parts[0] + perRequest * parts[1] + perElement * parts[2];
  }

  private static double[] parts(int batch, int length) {
    return new double[] {1, batch, (double) batch * length};
  }
}
