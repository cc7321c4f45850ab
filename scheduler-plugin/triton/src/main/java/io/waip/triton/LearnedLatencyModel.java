package io.waip.triton;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.cost.LatencyModelFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Execution times of the server's models, learned while they serve.
 *
 * <p>It starts from a <em>base</em>: a model fitted to given points, or, for a variant without any,
 * a guess that is meant to be too low, {@code objective / 200 · (1 + batch · (1/4 + 3/4 · length /
 * 512))}; too low a guess admits a few requests that end late, too high a one refuses requests that
 * would have been in time, and would never be corrected. Observed times are kept as {@code r =
 * ln(observed / base)} in cells of doubling batch and length. A cell's value is {@code (n·m + 2·p)
 * / (n + 2)}: {@code m} the mean of its last observations (EWMA, weight {@code max(1/n, 0.05)}),
 * {@code n <= 20} their number, {@code p} the same mean over the whole variant. {@link #refresh}
 * fits the factory's monotone model to {@code base · exp(value)} at every cell.
 *
 * <p>The first execution of a variant is left out: it pays for loading and lazy set-up.
 *
 * <p>Unlike other latency models it changes, but only in {@link #refresh}. Confined to the
 * planner's thread. {@link #observe} and {@link #medianNanos} allocate nothing.
 */
final class LearnedLatencyModel implements LatencyModel {
  private static final int BATCH_CELLS = 11;
  private static final int LENGTH_CELLS = 17;
  private static final int CELLS = BATCH_CELLS * LENGTH_CELLS;
  private static final int MEMORY = 20;
  private static final double LEAST_WEIGHT = 0.05;
  private static final double POOL_SAMPLES = 2;
  private static final double GUESS_DIVISOR = 200;
  private static final double GUESS_LENGTH = 512;

  /** A factor of 16384 either way; beyond it an observation is taken for broken. */
  private static final double MAX_RESIDUAL = 9.7;

  /** A change of 5 % anywhere is worth a new model; the engine corrects what is smaller. */
  private static final double WORTH_REFRESHING = 0.05;

  private final LatencyModelFactory factory;
  private final double[] objectiveNanos;
  private final LatencyModel base;
  private final double[][] mean;
  private final int[][] count;
  private final double[] pooled;
  private final int[] pooledCount;
  private final boolean[] started;
  private final double[][] published;
  private LatencyModel fitted;
  private int[] maxBatch;
  private int maxLength = 1;

  /** Starts from the points of a specification. */
  LearnedLatencyModel(PlanningSpec spec) {
    factory = spec.costs();
    objectiveNanos =
        spec.services().stream()
            .flatMapToDouble(service ->
                service.variants().stream()
                    .mapToDouble(v -> service.objective().latency().toNanos()))
            .toArray();
    int variants = objectiveNanos.length;
    boolean[] given = new boolean[variants];
    spec.points().forEach(point -> given[point.variant()] = true);
    LatencyModel guess = this::guess;
    LatencyModel measured = spec.points().isEmpty() ? guess : factory.fit(spec.points());
    base = (v, b, l) -> given[v] ? measured.medianNanos(v, b, l) : guess.medianNanos(v, b, l);
    mean = new double[variants][CELLS];
    count = new int[variants][CELLS];
    published = new double[variants][CELLS];
    pooled = new double[variants];
    pooledCount = new int[variants];
    started = new boolean[variants];
    maxBatch = new int[variants];
    Arrays.fill(maxBatch, 1);
    fitted = base;
  }

  private long guess(int variant, int batch, int length) {
    double elements = batch * (0.25 + 0.75 * length / GUESS_LENGTH);
    return Math.max(1, Math.round(objectiveNanos[variant] / GUESS_DIVISOR * (1 + elements)));
  }

  /** Sets the shapes that {@link #refresh} covers; outside them the fit extrapolates. */
  void cover(int[] maxBatchOfVariant, int longest) {
    maxBatch = maxBatchOfVariant.clone();
    maxLength = longest;
    fit();
  }

  @Override
  public long medianNanos(int variant, int batch, int length) {
    return fitted.medianNanos(variant, batch, length);
  }

  /**
   * Learns from an execution.
   *
   * @param rows of the child, {@code >= 1}
   * @param length every row was padded to, {@code >= 1}
   * @param nanos measured; {@code <= 0} teaches nothing
   */
  void observe(int variant, int rows, int length, long nanos) {
    if (nanos <= 0) {
      return;
    }
    if (!started[variant]) {
      started[variant] = true;
      return;
    }
    double residual = Math.log((double) nanos / base.medianNanos(variant, rows, length));
    if (Math.abs(residual) > MAX_RESIDUAL) {
      return;
    }
    int cell = cell(rows, length);
    count[variant][cell] = Math.min(MEMORY, count[variant][cell] + 1);
    mean[variant][cell] += weight(count[variant][cell]) * (residual - mean[variant][cell]);
    pooledCount[variant] = Math.min(MEMORY, pooledCount[variant] + 1);
    pooled[variant] += weight(pooledCount[variant]) * (residual - pooled[variant]);
  }

  private static double weight(int samples) {
    return Math.max(1.0 / samples, LEAST_WEIGHT);
  }

  /**
   * Halves what was learned of a variant's slowness: called while its requests are refused as late
   * and none of them runs, since nothing else would ever show that it became faster.
   */
  void doubt(int variant) {
    for (int cell = 0; cell < CELLS; cell++) {
      mean[variant][cell] = Math.min(mean[variant][cell], mean[variant][cell] / 2);
    }
    pooled[variant] = Math.min(pooled[variant], pooled[variant] / 2);
  }

  /** Takes what was observed into the predictions; false if they are still good. */
  boolean refresh() {
    for (int v = 0; v < mean.length; v++) {
      for (int cell = 0; cell < CELLS; cell++) {
        if (Math.abs(value(v, cell) - published[v][cell]) > WORTH_REFRESHING) {
          fit();
          return true;
        }
      }
    }
    return false;
  }

  private void fit() {
    List<CostPoint> points = new ArrayList<>();
    for (int v = 0; v < mean.length; v++) {
      for (int b = 1; b < 2 * maxBatch[v]; b *= 2) {
        for (int l = 1; l < 2 * maxLength; l *= 2) {
          points.add(point(v, Math.min(b, maxBatch[v]), Math.min(l, maxLength)));
        }
      }
      for (int cell = 0; cell < CELLS; cell++) {
        published[v][cell] = value(v, cell);
      }
    }
    fitted = factory.fit(points);
  }

  private CostPoint point(int variant, int batch, int length) {
    int cell = cell(batch, length);
    double nanos = base.medianNanos(variant, batch, length) * Math.exp(value(variant, cell));
    return new CostPoint(variant, batch, length, Math.max(1, nanos), 1 + count[variant][cell]);
  }

  private double value(int variant, int cell) {
    int samples = count[variant][cell];
    return (samples * mean[variant][cell] + POOL_SAMPLES * pooled[variant])
        / (samples + POOL_SAMPLES);
  }

  private static int cell(int batch, int length) {
    int b = Math.min(ceilLog2(batch), BATCH_CELLS - 1);
    int l = Math.min(ceilLog2(length), LENGTH_CELLS - 1);
    return b * LENGTH_CELLS + l;
  }

  private static int ceilLog2(int value) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
  }
}
