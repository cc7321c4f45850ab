package io.waip.cli.bench.planner;

import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.triton.DirectExecutor;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Runs executions side by side as far as their threads have a core each. Any number of threads. */
final class CoreExecutor implements DirectExecutor {
  private final DirectExecutor executor;
  private final Map<String, Integer> threads;
  private final Semaphore cores;

  /**
   * Wraps an executor.
   *
   * @param threads of each model, by name
   */
  CoreExecutor(DirectExecutor executor, Map<String, Integer> threads, int cores) {
    this.executor = executor;
    this.threads = Map.copyOf(threads);
    this.cores = new Semaphore(cores, true);
  }

  @Override
  public void run(String model, ArenaSlot slot) throws Exception {
    int width = threads.getOrDefault(model, 1);
    cores.acquire(width);
    try {
      executor.run(model, slot);
    } finally {
      cores.release(width);
    }
  }
}
