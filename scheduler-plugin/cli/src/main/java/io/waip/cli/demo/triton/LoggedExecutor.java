package io.waip.cli.demo.triton;

import io.waip.cli.demo.load.ExecutionLog;
import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.ArenaTensor;
import io.waip.triton.DirectExecutor;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Runs batches on one device, as many at once as it has workers, and notes each execution. Any
 * number of threads.
 */
final class LoggedExecutor implements DirectExecutor {
  private final DirectExecutor executor;
  private final Map<String, Integer> variants;
  private final Semaphore workers;
  private volatile ExecutionLog log = new ExecutionLog();

  /**
   * Wraps an executor.
   *
   * @param variants index of the variant that runs a model of Triton, by that model's name
   * @param workers executions at once, {@code >= 1}
   */
  LoggedExecutor(DirectExecutor executor, Map<String, Integer> variants, int workers) {
    this.executor = executor;
    this.variants = Map.copyOf(variants);
    this.workers = new Semaphore(workers, true);
  }

  /** Starts a new log for executions that end from now on. */
  ExecutionLog startLog() {
    ExecutionLog fresh = new ExecutionLog();
    log = fresh;
    return fresh;
  }

  @Override
  public void run(String model, ArenaSlot slot) throws Exception {
    workers.acquire();
    try {
      long started = System.nanoTime();
      executor.run(model, slot);
      long ended = System.nanoTime();
      note(model, slot.inputs(), ended - started, ended);
    } finally {
      workers.release();
    }
  }

  private void note(String model, List<ArenaTensor> inputs, long nanos, long endNanos) {
    for (ArenaTensor input : inputs) {
      if (input.name().equals(Models.MASK)) {
        int batch = (int) input.shape()[0];
        int length = (int) input.shape()[1];
        int variant = variants.getOrDefault(model, 0);
        log.add(
            new ExecutionLog.Execution(
                variant, batch, length, sum(input.data().asLongBuffer()), nanos, endNanos));
      }
    }
  }

  private static long sum(LongBuffer mask) {
    long ones = 0;
    for (int i = mask.position(); i < mask.limit(); i++) {
      ones += mask.get(i);
    }
    return ones;
  }
}
