package io.waip.replay;

import io.waip.api.drift.DriftListener;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.WatchScope;
import io.waip.cost.watch.CalibratingWatchFactory;
import io.waip.replay.policy.Policy;

/** A run of the planner's engine beside which {@link CalibratingWatchFactory}'s watch stands. */
record WatchedRun(DriftFindings findings, double hours) {
  static WatchedRun of(ReplaySpec spec) {
    return of(spec, new CalibratingWatchFactory());
  }

  static WatchedRun of(ReplaySpec spec, DriftWatchFactory watches) {
    Replay replay = Replay.of(spec);
    DriftObserver observer = replay.watchedBy(watches);
    replay.play(Policy.WAIP, observer);
    return new WatchedRun(observer.findings(), replay.workload().windowNanos() / 3600e9);
  }

  double coverage() {
    return findings.coverageP99().orElseThrow();
  }

  /** Makes watches that learn nothing from what ends after a time. */
  record Learning(long untilNanos) implements DriftWatchFactory {
    @Override
    public String name() {
      return "learning until " + untilNanos;
    }

    @Override
    public DriftWatch open(WatchScope scope, DriftListener listener) {
      return new Deaf(new CalibratingWatchFactory().open(scope, listener), untilNanos);
    }
  }

  private record Deaf(DriftWatch watch, long fromNanos) implements DriftWatch {
    @Override
    public void arrived(long nowNanos, int length, int kind) {
      watch.arrived(nowNanos, length, kind);
    }

    @Override
    public void executed(long nowNanos, int series, int batch, int length, double logResidual) {
      if (nowNanos <= fromNanos) {
        watch.executed(nowNanos, series, batch, length, logResidual);
      }
    }

    @Override
    public void advance(long nowNanos) {
      watch.advance(nowNanos);
    }

    @Override
    public double factor(int series, int batch, int length) {
      return watch.factor(series, batch, length);
    }

    @Override
    public double p99Factor(int series, int batch, int length) {
      return watch.p99Factor(series, batch, length);
    }
  }
}
