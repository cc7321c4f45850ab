package io.waip.onnxruntime;

import ai.onnxruntime.OrtException;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    try (Bench bench = new Bench(models, workers)) {
      List<Shape> shapes = warmUp(bench);
      for (int pass = 0; pass < LEAST_PASSES || System.nanoTime() < untilNanos; pass++) {
        for (Shape shape : shapes) {
          if (!shape.beyond) {
            shape.samples.addAll(bench.sample(shape));
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
  private List<Shape> warmUp(Bench bench) throws InterruptedException {
    List<Shape> kept = new ArrayList<>();
    for (int v = 0; v < models.variants().size(); v++) {
      Variant variant = models.variants().get(v);
      for (int batch : steps(1, variant.maxBatch())) {
        for (int length : lengths(variant)) {
          Shape shape = new Shape(v, batch, length);
          List<Long> nanos = bench.sample(shape);
          kept.add(shape);
          if (nanos.get(0) > horizon.toNanos()) {
            shape.samples.addAll(nanos);
            shape.beyond = true;
            break;
          }
        }
      }
    }
    return kept;
  }

  private int[] lengths(Variant variant) {
    boolean ragged = models.signature().inputs().stream().anyMatch(Signature.Port::hasLength);
    return ragged
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

  /** The workers that run samples, all at once. */
  private static final class Bench implements AutoCloseable {
    private final LoadedModels models;
    private final ExecutorService threads;
    private final RowStore store;
    private final List<OrtBatchRunner> runners = new ArrayList<>();

    Bench(LoadedModels models, int workers) {
      this.models = models;
      threads = Executors.newFixedThreadPool(workers);
      store = new RowStore(models, workers * models.maxBatch());
      for (int i = 0; i < workers; i++) {
        runners.add(new OrtBatchRunner(models, store));
      }
    }

    List<Long> sample(Shape shape) throws InterruptedException {
      List<Callable<Long>> runs = new ArrayList<>();
      for (OrtBatchRunner runner : runners) {
        runs.add(() -> run(runner, shape));
      }
      List<Long> nanos = new ArrayList<>();
      try {
        for (Future<Long> run : threads.invokeAll(runs)) {
          nanos.add(run.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "variant '%s' cannot be executed at batch %d, length %d: %s"
                .formatted(
                    models.variants().get(shape.variant).model(),
                    shape.batch,
                    shape.length,
                    Failures.oneLine(e.getCause() == null ? e : e.getCause())),
            e);
      }
      return nanos;
    }

    private long run(OrtBatchRunner runner, Shape shape) throws OrtException {
      Execution execution = new Execution(0, shape.batch);
      execution.open(1, shape.variant, shape.length);
      try {
        for (int i = 0; i < shape.batch; i++) {
          Submission sample = Samples.of(models, shape.length);
          store.hold(sample);
          execution.add(sample);
        }
        long started = System.nanoTime();
        runner.run(execution);
        return System.nanoTime() - started;
      } finally {
        for (int i = 0; i < execution.size(); i++) {
          store.release(execution.member(i));
        }
      }
    }

    /** Waits for running samples, then frees everything. */
    @Override
    public void close() {
      threads.close();
      runners.forEach(OrtBatchRunner::close);
      store.close();
    }
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

    CostPoint point() {
      long[] sorted = samples.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      double median = (sorted[(sorted.length - 1) / 2] + (double) sorted[sorted.length / 2]) / 2;
      return new CostPoint(variant, batch, length, median, sorted.length);
    }
  }
}
