package io.waip.onnxruntime;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Measured execution times over batch size and length, made monotone and interpolated linearly.
 *
 * <p>Real curves are not monotone: each cell becomes the mean of the largest value at or below it
 * and the smallest at or above it, which is monotone and moves least where the order is already
 * right. A shape outside the grid is extrapolated in proportion to its elements, below the grid it
 * takes the grid's edge. Immutable.
 */
final class LatencyGrid implements LatencyModel {
  private final Map<Integer, Surface> surfaces = new TreeMap<>();

  /**
   * Builds a grid from points; cells nobody measured are extrapolated from smaller ones.
   *
   * @throws IllegalArgumentException if there is no point
   */
  LatencyGrid(List<CostPoint> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a latency grid needs at least one point");
    }
    points.stream()
        .map(CostPoint::variant)
        .distinct()
        .forEach(variant ->
            surfaces.put(
                variant,
                new Surface(points.stream().filter(p -> p.variant() == variant).toList())));
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    Surface surface = surfaces.get(variant);
    return surface == null ? UNKNOWN_NANOS : Math.max(1, Math.round(surface.at(batch, length)));
  }

  private static final class Surface {
    private final int[] batches;
    private final int[] lengths;
    private final double[][] nanos;

    Surface(List<CostPoint> points) {
      TreeSet<Integer> allBatches = new TreeSet<>();
      TreeSet<Integer> allLengths = new TreeSet<>();
      for (CostPoint point : points) {
        allBatches.add(point.batch());
        allLengths.add(point.length());
      }
      batches = allBatches.stream().mapToInt(Integer::intValue).toArray();
      lengths = allLengths.stream().mapToInt(Integer::intValue).toArray();
      double[][] raw = new double[batches.length][lengths.length];
      for (CostPoint point : points) {
        raw[index(batches, point.batch())][index(lengths, point.length())] = point.nanos();
      }
      fillGaps(raw);
      nanos = monotone(raw);
    }

    private static int index(int[] axis, int value) {
      return java.util.Arrays.binarySearch(axis, value);
    }

    private void fillGaps(double[][] raw) {
      double first = firstKnown(raw);
      for (int b = 0; b < batches.length; b++) {
        for (int l = 0; l < lengths.length; l++) {
          if (raw[b][l] > 0) {
            continue;
          }
          double below = b > 0 ? raw[b - 1][l] * batches[b] / batches[b - 1] : 0;
          double left = l > 0 ? raw[b][l - 1] * lengths[l] / lengths[l - 1] : 0;
          raw[b][l] = Math.max(below, left) > 0 ? Math.max(below, left) : first;
        }
      }
    }

    private static double firstKnown(double[][] raw) {
      double least = Double.POSITIVE_INFINITY;
      for (double[] row : raw) {
        for (double value : row) {
          least = value > 0 ? Math.min(least, value) : least;
        }
      }
      return least;
    }

    private static double[][] monotone(double[][] raw) {
      int rows = raw.length;
      int columns = raw[0].length;
      double[][] upper = new double[rows][columns];
      double[][] lower = new double[rows][columns];
      for (int b = 0; b < rows; b++) {
        for (int l = 0; l < columns; l++) {
          double before = Math.max(b > 0 ? upper[b - 1][l] : 0, l > 0 ? upper[b][l - 1] : 0);
          upper[b][l] = Math.max(raw[b][l], before);
        }
      }
      for (int b = rows - 1; b >= 0; b--) {
        for (int l = columns - 1; l >= 0; l--) {
          double above = b < rows - 1 ? lower[b + 1][l] : Double.POSITIVE_INFINITY;
          double right = l < columns - 1 ? lower[b][l + 1] : Double.POSITIVE_INFINITY;
          lower[b][l] = Math.min(raw[b][l], Math.min(above, right));
        }
      }
      for (int b = 0; b < rows; b++) {
        for (int l = 0; l < columns; l++) {
          lower[b][l] = (lower[b][l] + upper[b][l]) / 2;
        }
      }
      return lower;
    }

    double at(int batch, int length) {
      double beyond =
          Math.max(1, (double) batch / batches[batches.length - 1])
              * Math.max(1, (double) length / lengths[lengths.length - 1]);
      int b = cell(batches, batch);
      int l = cell(lengths, length);
      double x = share(batches, b, batch);
      double y = share(lengths, l, length);
      int b1 = Math.min(b + 1, batches.length - 1);
      int l1 = Math.min(l + 1, lengths.length - 1);
      double low = nanos[b][l] * (1 - y) + nanos[b][l1] * y;
      double high = nanos[b1][l] * (1 - y) + nanos[b1][l1] * y;
      return beyond * (low * (1 - x) + high * x);
    }

    /** Returns the last index whose value is at most {@code value}, or 0. */
    private static int cell(int[] axis, int value) {
      int i = 0;
      while (i + 1 < axis.length && axis[i + 1] <= value) {
        i++;
      }
      return i;
    }

    private static double share(int[] axis, int cell, int value) {
      if (cell + 1 >= axis.length) {
        return 0;
      }
      double share = (double) (value - axis[cell]) / (axis[cell + 1] - axis[cell]);
      return Math.clamp(share, 0, 1);
    }
  }
}
