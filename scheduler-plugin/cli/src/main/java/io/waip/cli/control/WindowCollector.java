package io.waip.cli.control;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;
import io.waip.scheduler.plan.apply.ArmCount;
import io.waip.triton.PlannerWatcher;
import io.waip.triton.SeenArrival;
import io.waip.triton.SeenExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gathers windows of one length from what a planner saw. On the planner's thread; takes note only,
 * of at most {@value #MOST} requests and executions each, those beyond are left out of the plan's
 * picture but counted.
 */
final class WindowCollector implements PlannerWatcher {
  /** Enough for 60 s of 3,000 requests a second. */
  static final int MOST = 200_000;

  private final long lengthNanos;
  private final Consumer<SeenWindow> windows;
  private final List<SeenWindow.Arrival> arrivals = new ArrayList<>();
  private final List<SeenWindow.Execution> executions = new ArrayList<>();
  private final Map<Integer, long[]> arms = new TreeMap<>();
  private long startNanos = Long.MIN_VALUE;
  private volatile boolean early;

  /**
   * Begins with the first event.
   *
   * @param lengthNanos of a window, {@code >= 1}
   * @param windows takes each; on the planner's thread
   */
  WindowCollector(long lengthNanos, Consumer<SeenWindow> windows) {
    this.lengthNanos = lengthNanos;
    this.windows = windows;
  }

  /** Ends the current window at the next look, where it lasted a quarter of its length at least. */
  void endEarly() {
    early = true;
  }

  @Override
  public void arrived(SeenArrival arrival) {
    begin(arrival.nowNanos());
    if (arrivals.size() < MOST) {
      long at = Math.max(0, arrival.nowNanos() - startNanos);
      boolean isBound = arrival.deadlineNanos() != RequestDescriptor.NO_DEADLINE;
      arrivals.add(
          new SeenWindow.Arrival(
              at,
              arrival.service(),
              arrival.tenant(),
              arrival.length(),
              arrival.tier(),
              isBound
                  ? Math.max(at, arrival.deadlineNanos() - startNanos)
                  : RequestDescriptor.NO_DEADLINE));
    }
  }

  @Override
  public void executed(SeenExecution execution) {
    begin(execution.endNanos());
    if (executions.size() < MOST) {
      executions.add(
          new SeenWindow.Execution(
              execution.variant(),
              execution.rows(),
              execution.length(),
              execution.measuredNanos()));
    }
  }

  @Override
  public void ended(long nowNanos, int service, Outcome outcome, int arm) {
    begin(nowNanos);
    long[] counts = arms.computeIfAbsent(arm, key -> new long[3]);
    counts[0]++;
    counts[1] += outcome == Outcome.COMPLETED ? 1 : 0;
    counts[2] += outcome == Outcome.FAILED ? 1 : 0;
  }

  @Override
  public void advanced(long nowNanos) {
    begin(nowNanos);
    long lasted = nowNanos - startNanos;
    if (lasted >= lengthNanos || (early && lasted >= lengthNanos / 4)) {
      end(nowNanos);
    }
  }

  private void begin(long nowNanos) {
    if (startNanos == Long.MIN_VALUE) {
      startNanos = nowNanos;
    }
  }

  private void end(long nowNanos) {
    Map<Integer, ArmCount> counted = new TreeMap<>();
    arms.forEach((arm, counts) -> counted.put(arm, new ArmCount(counts[0], counts[1], counts[2])));
    windows.accept(new SeenWindow(startNanos, nowNanos, arrivals, counted, executions));
    startNanos = nowNanos;
    early = false;
    arrivals.clear();
    executions.clear();
    arms.clear();
  }
}
