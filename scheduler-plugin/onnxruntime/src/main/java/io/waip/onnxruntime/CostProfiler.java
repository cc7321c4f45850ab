package io.waip.onnxruntime;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures execution times of loaded models in the running process, over batch size and length.
 *
 * <p>All workers run the same shape at once, as they do when serving under load; a time covers
 * batch assembly, the model and the output copy. Every shape is measured once per pass, so that a
 * slow phase of the machine spreads over all shapes, and the median of the passes is kept.
 */
public final class CostProfiler {
  /** Passes over all shapes that are made whatever the budget. */
  private static final int LEAST_PASSES = 3;

  private static final int SHORTEST = 4;

  private final LoadedModels models;
  private final int workers;
  private final Duration horizon;

  /**
   * Prepares a profile.
   *
   * @param workers executions at once, {@code >= 1}
   * @param horizon shapes that take longer are not measured further, but extrapolated; twice the
   *     latency objective is enough
   * @throws IllegalArgumentException if a number is out of range
   */
  public CostProfiler(LoadedModels models, int workers, Duration horizon) {
    if (workers < 1 || !horizon.isPositive()) {
      throw new IllegalArgumentException(
          "workers must be >= 1 and horizon positive, are " + workers + " and " + horizon);
    }
    this.models = models;
    this.workers = workers;
    this.horizon = horizon;
  }

  /**
   * Measures until the budget is spent, but at least {@value #LEAST_PASSES} passes and a warm-up.
   *
   * @throws IllegalStateException if a variant cannot be executed
   * @throws InterruptedException if the calling thread is interrupted
   */
  public List<CostPoint> measure(Duration budget) throws InterruptedException {
    long untilNanos = System.nanoTime() + budget.toNanos();
    try (ExecutionBench bench = new ExecutionBench(models, workers)) {
      List<Shape> shapes = warmUp(bench);
      for (int pass = 0; pass < LEAST_PASSES || System.nanoTime() < untilNanos; pass++) {
        for (Shape shape : shapes) {
          if (!shape.beyond) {
            shape.add(bench.sample(shape.variant, shape.batch, shape.length));
          }
        }
      }
      return shapes.stream().map(Shape::point).toList();
    }
  }

  /** Returns a monotone model of measured points. */
  public static LatencyModel modelOf(List<CostPoint> points) {
    return new LatencyGrid(points);
  }

  /**
   * Runs each shape once, smallest first, and returns them up to the first length of each batch
   * beyond the horizon, which this one run has to do for.
   */
  private List<Shape> warmUp(ExecutionBench bench) throws InterruptedException {
    List<Shape> kept = new ArrayList<>();
    for (int v = 0; v < models.variants().size(); v++) {
      Variant variant = models.variants().get(v);
      for (int batch : steps(1, variant.maxBatch())) {
        for (int length : lengths(variant)) {
          Shape shape = new Shape(v, batch, length);
          long[] nanos = bench.sample(v, batch, length);
          kept.add(shape);
          if (nanos[0] > horizon.toNanos()) {
            shape.add(nanos);
            shape.beyond = true;
            break;
          }
        }
      }
    }
    return kept;
  }

  private int[] lengths(Variant variant) {
    return models.hasLength()
        ? steps(Math.min(SHORTEST, variant.maxLength()), variant.maxLength())
        : new int[] {1};
  }

  /** Returns first, 2·first, 4·first …, last. */
  private static int[] steps(int first, int last) {
    List<Integer> steps = new ArrayList<>();
    for (int step = first; step < last; step *= 2) {
      steps.add(step);
    }
    steps.add(last);
    return steps.stream().mapToInt(Integer::intValue).toArray();
  }

  private static final class Shape {
    final int variant;
    final int batch;
    final int length;
    final List<Long> samples = new ArrayList<>();
    boolean beyond;

    Shape(int variant, int batch, int length) {
      this.variant = variant;
      this.batch = batch;
      this.length = length;
    }

    void add(long[] nanos) {
      for (long each : nanos) {
        samples.add(each);
      }
    }

    CostPoint point() {
      long[] sorted = samples.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      double median = (sorted[(sorted.length - 1) / 2] + (double) sorted[sorted.length / 2]) / 2;
      return new CostPoint(variant, batch, length, median, sorted.length);
    }
  }
}
