package io.waip.replay;

import io.waip.api.cost.LatencyModel;
import io.waip.api.schedule.Batch;
import io.waip.cost.drift.Change;
import io.waip.cost.drift.DriftMonitor;
import io.waip.cost.drift.DriftSettings;
import io.waip.cost.drift.Signal;
import io.waip.cost.online.ConformalSettings;
import io.waip.cost.online.CorrectionSettings;
import io.waip.cost.online.CostCalibration;
import io.waip.cost.online.ShapeGrid;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.policy.Policy;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A run of the planner's engine beside which the cost model is calibrated and everything is watched
 * for drift: a batch is compared with its bound when it starts, and learned from when it ends.
 */
final class WatchedRun implements RunObserver {
  private static final long SECOND = 1_000_000_000L;

  record Alarm(Signal signal, int index, Change change, double seconds) {}

  private record Execution(long endNanos, int worker, int size, int length, long nanos) {}

  private final Workload workload;
  private final LatencyModel model;
  private final long learnsUntilNanos;
  private final CostCalibration calibration;
  private final DriftMonitor monitor;
  private final List<Alarm> alarms = new ArrayList<>();
  private final List<Double> bands = new ArrayList<>();
  private final PriorityQueue<Execution> running =
      new PriorityQueue<>(Comparator.comparingLong(Execution::endNanos));
  private int arrived;
  private long advancedNanos;
  private int missed;

  private WatchedRun(Replay replay, LatencyModel model, int workers, long learnsUntilNanos) {
    workload = replay.workload();
    this.model = model;
    this.learnsUntilNanos = learnsUntilNanos;
    calibration =
        new CostCalibration(
            workers, new ShapeGrid(64, 512), CorrectionSettings.DEFAULT, ConformalSettings.P99);
    monitor =
        new DriftMonitor(
            DriftSettings.DEFAULT,
            replay.tenants().size(),
            workers,
            (signal, index, change, nowNanos) ->
                alarms.add(new Alarm(signal, index, change, nowNanos / (double) SECOND)));
  }

  /** Runs to the end; the classes of requests are their tenants. */
  static WatchedRun of(ReplaySpec spec) {
    return of(spec, Long.MAX_VALUE);
  }

  /** Runs to the end; the calibration learns nothing from batches that end after this time. */
  static WatchedRun of(ReplaySpec spec, long learnsUntilNanos) {
    Replay replay = Replay.of(spec);
    WatchedRun run =
        new WatchedRun(replay, spec.costs(), spec.devices().workers(), learnsUntilNanos);
    replay.play(Policy.WAIP, run);
    run.endUntil(Long.MAX_VALUE);
    return run;
  }

  @Override
  public void arrived(long nowNanos) {
    endUntil(nowNanos);
    monitor.arrived(nowNanos, workload.length(arrived), workload.tenant(arrived));
    arrived++;
    if (nowNanos - advancedNanos >= SECOND) {
      monitor.advance(nowNanos);
      advancedNanos = nowNanos;
    }
  }

  @Override
  public void executed(Batch batch, long startNanos, long endNanos) {
    endUntil(startNanos);
    int worker = batch.endpoint();
    int length = batch.paddedLength();
    long nanos = endNanos - startNanos;
    if (calibration.isBounded(worker)) {
      double bound = calibration.boundFactor(worker, batch.size(), length);
      bands.add(bound / calibration.factor(worker, batch.size(), length));
      missed += nanos > bound * model.medianNanos(0, batch.size(), length) ? 1 : 0;
    }
    running.add(new Execution(endNanos, worker, batch.size(), length, nanos));
  }

  private void endUntil(long nowNanos) {
    while (!running.isEmpty() && running.element().endNanos() <= nowNanos) {
      Execution ended = running.remove();
      double predicted = model.medianNanos(0, ended.size(), ended.length());
      monitor.executed(ended.endNanos(), ended.worker(), Math.log(ended.nanos() / predicted));
      if (ended.endNanos() <= learnsUntilNanos) {
        calibration.executed(
            ended.worker(), ended.size(), ended.length(), predicted, ended.nanos());
      }
    }
  }

  /** Returns the share of batches that took no longer than their bound. */
  double coverage() {
    return 1 - missed / (double) bands.size();
  }

  /** Returns the median of bound over corrected median. */
  double band() {
    return bands.stream().sorted().skip(bands.size() / 2).findFirst().orElseThrow();
  }

  int batches() {
    return bands.size();
  }

  List<Alarm> alarms() {
    return alarms;
  }

  double hours() {
    return workload.windowNanos() / (3600.0 * SECOND);
  }
}
