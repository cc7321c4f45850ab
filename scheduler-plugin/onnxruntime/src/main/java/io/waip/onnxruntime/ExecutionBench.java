package io.waip.onnxruntime;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs batches of made-up requests on loaded models and times them. A time covers batch assembly,
 * the model and the output copy. Not for several threads.
 */
public final class ExecutionBench implements AutoCloseable {
  private final LoadedModels models;
  private final ExecutorService threads;
  private final RowStore store;
  private final List<OrtBatchRunner> runners = new ArrayList<>();

  /**
   * Prepares workers.
   *
   * @param workers executions at once, {@code >= 1}
   * @throws IllegalArgumentException if there is none
   */
  public ExecutionBench(LoadedModels models, int workers) {
    this.models = models;
    threads = Executors.newFixedThreadPool(workers);
    store = new RowStore(models, workers * models.maxBatch());
    for (int i = 0; i < workers; i++) {
      runners.add(new OrtBatchRunner(models, store));
    }
  }

  /**
   * Runs one batch on every worker at once.
   *
   * @param variant index of it, in the order loaded
   * @param batch requests in it, at most the variant's largest
   * @param length of each, at most the variant's longest; 1 where the models have no length
   * @return time of each, nanoseconds
   * @throws IllegalStateException if the variant cannot be executed so
   * @throws InterruptedException if the calling thread is interrupted
   */
  public long[] sample(int variant, int batch, int length) throws InterruptedException {
    List<Callable<Long>> runs = new ArrayList<>();
    for (OrtBatchRunner runner : runners) {
      runs.add(() -> run(runner, variant, batch, length));
    }
    long[] nanos = new long[runs.size()];
    try {
      int i = 0;
      for (Future<Long> run : threads.invokeAll(runs)) {
        nanos[i++] = run.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "variant '%s' cannot be executed at batch %d, length %d: %s"
              .formatted(
                  models.variants().get(variant).model(),
                  batch,
                  length,
                  Failures.oneLine(e.getCause() == null ? e : e.getCause())),
          e);
    }
    return nanos;
  }

  private long run(OrtBatchRunner runner, int variant, int batch, int length) throws OrtException {
    Execution execution = new Execution(0, batch);
    execution.open(1, variant, length);
    try {
      for (int i = 0; i < batch; i++) {
        Submission sample = Samples.of(models, length);
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

  /** Waits for running batches, then frees everything but the models. */
  @Override
  public void close() {
    threads.close();
    runners.forEach(OrtBatchRunner::close);
    store.close();
  }
}
