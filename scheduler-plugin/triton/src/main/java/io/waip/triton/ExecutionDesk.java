package io.waip.triton;

import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.SharedMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Threads that run the batches of models in direct mode, one for each slot of the arena that is in
 * use at once; idle ones end after a while.
 *
 * <p>{@link #post} is for the planner's thread. Whatever an execution throws ends its slot as
 * failed, with one line.
 */
final class ExecutionDesk implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final SharedMapping mapping;
  private final DirectExecutor executor;
  private final LongSupplier clock;
  private final List<Task> tasks = new ArrayList<>();
  private final ThreadPoolExecutor threads;

  ExecutionDesk(SharedMapping mapping, DirectExecutor executor, LongSupplier clock) {
    this.mapping = mapping;
    this.executor = executor;
    this.clock = clock;
    for (int i = 0; i < mapping.slots(); i++) {
      tasks.add(new Task(mapping.slot(i)));
    }
    int most = Math.max(1, mapping.slots());
    // A slot is posted once until it is done, so the queue never fills.
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(most),
            Thread.ofPlatform().daemon().name("waip-direct-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs a posted slot; false if there is no such. */
  boolean post(String model, int slot, int generation) {
    if (slot < 0 || slot >= mapping.slots() || !mapping.slot(slot).take(generation)) {
      return false;
    }
    Task task = tasks.get(slot);
    task.model = model;
    threads.execute(task);
    return true;
  }

  /** Waits for running executions; the mapping may be closed after it. */
  @Override
  public void close() {
    threads.close();
  }

  /** The execution of one slot; reused, handed over by the queue. */
  private final class Task implements Runnable {
    private final ArenaSlot slot;
    private String model = "";

    Task(ArenaSlot slot) {
      this.slot = slot;
    }

    @Override
    public void run() {
      try {
        long started = clock.getAsLong();
        executor.run(model, slot);
        slot.succeed(clock.getAsLong() - started);
      } catch (Throwable e) {
        slot.fail(OneLine.of(e));
        if (e instanceof VirtualMachineError fatal) {
          throw fatal;
        }
      }
    }
  }
}
