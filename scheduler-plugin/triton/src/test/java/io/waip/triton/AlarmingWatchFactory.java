package io.waip.triton;

import io.waip.api.drift.Change;
import io.waip.api.drift.DriftListener;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.Signal;
import io.waip.api.drift.WatchScope;

/** Makes watches that alarm whenever time passes. */
final class AlarmingWatchFactory implements DriftWatchFactory {
  @Override
  public String name() {
    return "alarming";
  }

  @Override
  public DriftWatch open(WatchScope scope, DriftListener listener) {
    return new DriftWatch() {
      @Override
      public void arrived(long nowNanos, int length, int kind) {}

      @Override
      public void executed(long nowNanos, int series, int batch, int length, double logResidual) {}

      @Override
      public void advance(long nowNanos) {
        listener.drifted(Signal.LENGTH, 0, Change.RISE, nowNanos);
      }

      @Override
      public double factor(int series, int batch, int length) {
        return 1;
      }

      @Override
      public double p99Factor(int series, int batch, int length) {
        return 1;
      }
    };
  }
}
