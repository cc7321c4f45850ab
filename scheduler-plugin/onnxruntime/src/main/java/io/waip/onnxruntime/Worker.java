package io.waip.onnxruntime;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A thread that runs one batch at a time.
 *
 * <p>{@link #open} and {@link #start} are for the engine thread, and only while the worker is free.
 */
final class Worker implements AutoCloseable {
  private final Execution execution;
  private final BatchRunner runner;
  private final LongSupplier clock;
  private final Consumer<Execution> completed;
  private final RingThread<Execution> thread;
  private boolean busy;

  /**
   * Starts the thread.
   *
   * @param completed told on the worker's thread when its execution has ended either way
   */
  Worker(
      Execution execution, BatchRunner runner, LongSupplier clock, Consumer<Execution> completed) {
    this.execution = execution;
    this.runner = runner;
    this.clock = clock;
    this.completed = completed;
    thread = new RingThread<>("waip-worker-" + execution.worker, 1, this::run);
  }

  /**
   * Returns the execution to fill.
   *
   * @throws IllegalStateException if the worker holds a batch
   */
  Execution open() {
    if (busy) {
      throw new IllegalStateException("worker " + execution.worker + " already holds a batch");
    }
    busy = true;
    return execution;
  }

  /** Runs the execution that was filled. */
  void start() {
    thread.offer(execution);
  }

  /** Makes the worker free again, on the engine thread, after its execution was read. */
  void release() {
    execution.release();
    busy = false;
  }

  private void run(Execution batch) {
    long startedNanos = clock.getAsLong();
    try {
      runner.run(batch);
      batch.succeeded(clock.getAsLong() - startedNanos);
    } catch (Throwable e) {
      batch.failed(e);
    }
    completed.accept(batch);
  }

  /** Ends the thread after its batch and frees its runner. */
  @Override
  public void close() {
    thread.close();
    runner.close();
  }
}
