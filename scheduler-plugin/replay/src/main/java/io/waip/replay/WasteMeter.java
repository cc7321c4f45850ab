package io.waip.replay;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.spec.CostTable;
import io.waip.replay.trace.Workload;
import java.util.Arrays;

/** Measures the {@link Waste} of a run. */
final class WasteMeter implements RunObserver {
  private final Workload workload;
  private final CostTable costs;
  private final EndpointState[] states;
  private long paddingNanos;
  private long idleNanos;
  private long lastNanos;
  private int up;
  private int waiting;
  private int busy;

  WasteMeter(Workload workload, CostTable costs, int workers) {
    this.workload = workload;
    this.costs = costs;
    states = new EndpointState[workers];
    Arrays.fill(states, EndpointState.UP);
    up = workers;
  }

  Waste waste() {
    return new Waste(paddingNanos, idleNanos);
  }

  private void passTo(long nowNanos) {
    if (waiting > 0) {
      idleNanos += (nowNanos - lastNanos) * Math.max(0, up - busy);
    }
    lastNanos = nowNanos;
  }

  @Override
  public void arrived(long nowNanos) {
    passTo(nowNanos);
    waiting++;
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    passTo(startNanos);
    waiting -= batch.size();
    busy++;
    long own = 0;
    for (int i = 0; i < batch.size(); i++) {
      own += workload.length((int) batch.requestId(i));
    }
    double excess = batch.paddedLength() - (double) own / batch.size();
    paddingNanos += Math.round(costs.variant(batch.variant()).gammaNanos() * batch.size() * excess);
  }

  @Override
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    passTo(nowNanos);
    states[endpoint] = state;
    up = (int) Arrays.stream(states).filter(each -> each == EndpointState.UP).count();
  }

  @Override
  public void completed(long nowNanos) {
    passTo(nowNanos);
    busy--;
  }

  @Override
  public void ended(int request, Outcome outcome, long nowNanos) {
    boolean ran =
        outcome == Outcome.COMPLETED || outcome == Outcome.LATE || outcome == Outcome.FAILED;
    if (!ran) {
      passTo(nowNanos);
      waiting--;
    }
  }
}
