package io.waip.cli.control;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import io.waip.scheduler.plan.apply.ArmCount;
import java.util.List;
import java.util.Map;

/**
 * What a planner saw in a window.
 *
 * @param startNanos when it began, by the planner's clock
 * @param endNanos when it ended
 * @param arrivals in order
 * @param arms what became of the requests that ended in it, by the order under which they arrived
 * @param executions that ended well in it, in order
 */
public record SeenWindow(
    long startNanos,
    long endNanos,
    List<Arrival> arrivals,
    Map<Integer, ArmCount> arms,
    List<Execution> executions) {
  /**
   * A request.
   *
   * @param nanos since the window began
   * @param deadlineNanos since the window began, or {@link RequestDescriptor#NO_DEADLINE}
   */
  public record Arrival(
      long nanos, int service, int tenant, int length, Tier tier, long deadlineNanos) {}

  /** A batch of a variant, counted over all services, and how long it took. */
  public record Execution(int variant, int rows, int length, long nanos) {}

  /** Copies the parts. */
  public SeenWindow {
    arrivals = List.copyOf(arrivals);
    arms = Map.copyOf(arms);
    executions = List.copyOf(executions);
  }

  /**
   * Returns the requests.
   *
   * @throws IllegalArgumentException if there is none
   */
  Workload workload() {
    Workload.Builder builder =
        new Workload.Builder(endNanos - startNanos, Math.max(1, arrivals.size()));
    for (Arrival arrival : arrivals) {
      builder.add(
          new Workload.Request(
              arrival.service(),
              arrival.nanos(),
              arrival.length(),
              arrival.tier(),
              arrival.tenant(),
              Math.max(arrival.nanos(), arrival.deadlineNanos())));
    }
    return builder.build();
  }

  /** Returns what became of requests of an arm. */
  ArmCount arm(int arm) {
    return arms.getOrDefault(arm, ArmCount.NONE);
  }
}
