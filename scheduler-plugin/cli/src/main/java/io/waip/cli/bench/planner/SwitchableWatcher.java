package io.waip.cli.bench.planner;

import io.waip.api.Outcome;
import io.waip.triton.PlannerWatcher;
import io.waip.triton.SeenArrival;
import io.waip.triton.SeenExecution;

/** Passes on to the control loop of the arm under way, or to nobody. */
final class SwitchableWatcher implements PlannerWatcher {
  private static final PlannerWatcher NOBODY = new PlannerWatcher() {};

  private volatile PlannerWatcher to = NOBODY;

  void to(PlannerWatcher watcher) {
    to = watcher;
  }

  void toNobody() {
    to = NOBODY;
  }

  @Override
  public void arrived(SeenArrival arrival) {
    to.arrived(arrival);
  }

  @Override
  public void ended(long nowNanos, int service, Outcome outcome, int arm) {
    to.ended(nowNanos, service, outcome, arm);
  }

  @Override
  public void executed(SeenExecution execution) {
    to.executed(execution);
  }

  @Override
  public void advanced(long nowNanos) {
    to.advanced(nowNanos);
  }
}
