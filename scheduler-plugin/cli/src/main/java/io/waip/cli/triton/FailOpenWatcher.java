package io.waip.cli.triton;

import io.waip.api.Outcome;
import io.waip.triton.PlannerWatcher;
import io.waip.triton.SeenArrival;
import io.waip.triton.SeenExecution;
import java.util.function.Consumer;

/**
 * Lets a watcher fail without the planner: after its first failure, which is said in one line, it
 * is told nothing more. Plug-ins watch too, and no watcher is worth a planner.
 */
final class FailOpenWatcher implements PlannerWatcher {
  private final PlannerWatcher watcher;
  private final String name;
  private final Consumer<String> log;
  private boolean failed;

  /**
   * Guards a watcher.
   *
   * @param name of what it does, for the log
   */
  FailOpenWatcher(PlannerWatcher watcher, String name, Consumer<String> log) {
    this.watcher = watcher;
    this.name = name;
    this.log = log;
  }

  @Override
  public void arrived(SeenArrival arrival) {
    guarded(() -> watcher.arrived(arrival));
  }

  @Override
  public void ended(long nowNanos, int service, Outcome outcome, int arm) {
    guarded(() -> watcher.ended(nowNanos, service, outcome, arm));
  }

  @Override
  public void executed(SeenExecution execution) {
    guarded(() -> watcher.executed(execution));
  }

  @Override
  public void advanced(long nowNanos) {
    guarded(() -> watcher.advanced(nowNanos));
  }

  @Override
  public void ended() {
    guarded(watcher::ended);
  }

  private void guarded(Runnable call) {
    if (failed) {
      return;
    }
    try {
      call.run();
    } catch (RuntimeException | LinkageError e) {
      failed = true;
      log.accept(failure(name, e));
    }
  }

  /** Returns the line about a failure. */
  static String failure(String name, Throwable e) {
    String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    return "planner: %s failed and goes on no more; planning does: %s: %s"
        .formatted(name, e.getClass().getSimpleName(), message);
  }
}
