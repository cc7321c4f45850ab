package io.waip.cli.triton;

import io.waip.api.drift.DriftWatchFactory;
import io.waip.triton.Drift;
import io.waip.triton.DriftDesk;
import io.waip.triton.PlannerWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Those who watch the planner process, and the thread of what takes them long. */
final class Watchers implements AutoCloseable {
  /** Seconds' worth of executions that wait to be predicted; more are left out. */
  private static final int QUEUE = 16;

  private static final long END_SECONDS = 2;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().daemon().name("waip-shadow").factory());
  private final List<PlannerWatcher> watchers = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param replan told of each drift besides the log; it asks for a new plan
   * @param log takes lines of any thread
   */
  Watchers(SpecReader.Wanted wanted, Consumer<Drift> replan, Consumer<String> log) {
    Consumer<Drift> said = drift -> log.accept(drift.line());
    ServiceLoader.load(DriftWatchFactory.class)
        .findFirst()
        .ifPresentOrElse(
            watches -> watchers.add(drift(wanted, watches, said.andThen(replan), log)),
            () -> log.accept("planner: nothing on the class path watches for drift"));
    if (!wanted.shadows().isEmpty()) {
      watchers.add(new ShadowWatch(wanted.shadows(), thread, log));
    }
  }

  private static PlannerWatcher drift(
      SpecReader.Wanted wanted,
      DriftWatchFactory watches,
      Consumer<Drift> listener,
      Consumer<String> log) {
    return new FailOpenWatcher(
        new DriftDesk(wanted.spec(), watches, listener), "the watch for drift", log);
  }

  List<PlannerWatcher> all() {
    return List.copyOf(watchers);
  }

  /** Waits a moment for what was handed to the thread. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
