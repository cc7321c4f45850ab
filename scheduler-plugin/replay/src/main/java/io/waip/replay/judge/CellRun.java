package io.waip.replay.judge;

import io.waip.api.Outcome;
import io.waip.api.cost.LatencyModel;
import io.waip.api.plan.PlacementOption;
import io.waip.api.schedule.Batch;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.policy.Policy;
import io.waip.replay.trace.Workload;
import java.util.List;

/** Runs the engine on one cell and counts. Single thread; used once. */
final class CellRun implements RunObserver {
  private final JudgedWindow window;
  private final CellPlan cell;
  private final int[] requests;
  private final JudgeTally tally;

  /**
   * Prepares a run.
   *
   * @param requests positions in the window's workload that reach the cell, in order
   * @param tally to be added to
   */
  CellRun(JudgedWindow window, CellPlan cell, int[] requests, JudgeTally tally) {
    this.window = window;
    this.cell = cell;
    this.requests = requests;
    this.tally = tally;
  }

  void run(long seed) {
    LatencyModel model = cell.model(window.times());
    ExecutionTimes times = new ExecutionTimes(model, window.noise().coefficientOfVariation(), seed);
    RequestSource source = new CellRequests(window.workload(), requests, serviceIndices());
    RunLog log =
        VirtualTimeDriver.run(
            source,
            Policy.WAIP.create(cell.deployment(), model, cell.plan()),
            times,
            List.of(),
            this);
    for (int i = 0; i < requests.length; i++) {
      count(i, log);
    }
  }

  private void count(int i, RunLog log) {
    Workload workload = window.workload();
    int request = requests[i];
    Outcome outcome = log.outcome(i);
    boolean isAnswer = outcome == Outcome.COMPLETED || outcome == Outcome.LATE;
    boolean isGood =
        outcome == Outcome.COMPLETED && log.endNanos(i) <= workload.goodputDeadlineNanos(request);
    int service = workload.service(request);
    if (isAnswer) {
      PlacementOption option = cell.options().get(log.variant(i));
      tally.answered(service, log.endNanos(i) - workload.arrivalNanos(request), option);
    }
    if (isGood) {
      tally.good(service);
    }
  }

  private int[] serviceIndices() {
    List<String> here = cell.deployment().services().stream().map(s -> s.name()).toList();
    return window.services().stream().mapToInt(s -> here.indexOf(s.name())).toArray();
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    long end = Math.min(endNanos, window.workload().windowNanos());
    PlacementOption option = cell.options().get(batch.variant());
    tally.busy(option, Math.max(0, end - startNanos));
  }
}
