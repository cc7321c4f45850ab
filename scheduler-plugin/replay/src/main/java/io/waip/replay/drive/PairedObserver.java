package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;

/** Tells two observers, one after the other. */
record PairedObserver(RunObserver first, RunObserver second) implements RunObserver {
  @Override
  public void arrived(long nowNanos) {
    first.arrived(nowNanos);
    second.arrived(nowNanos);
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    first.executed(batch, startNanos, endNanos);
    second.executed(batch, startNanos, endNanos);
  }

  @Override
  public void endpointChanged(int endpoint, EndpointState state, long nowNanos) {
    first.endpointChanged(endpoint, state, nowNanos);
    second.endpointChanged(endpoint, state, nowNanos);
  }

  @Override
  public void completed(long nowNanos) {
    first.completed(nowNanos);
    second.completed(nowNanos);
  }

  @Override
  public void ended(int request, Outcome outcome, long nowNanos) {
    first.ended(request, outcome, nowNanos);
    second.ended(request, outcome, nowNanos);
  }
}
