package io.waip.cost.watch;

import io.waip.api.drift.DriftListener;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.WatchScope;
import io.waip.cost.drift.DriftMonitor;
import io.waip.cost.drift.DriftSettings;
import io.waip.cost.online.ConformalSettings;
import io.waip.cost.online.CorrectionSettings;
import io.waip.cost.online.CostCalibration;
import io.waip.cost.online.ShapeGrid;

/** A {@link CostCalibration} and a {@link DriftMonitor} with their default settings. */
final class CalibratingWatch implements DriftWatch {
  private final CostCalibration calibration;
  private final DriftMonitor monitor;

  CalibratingWatch(WatchScope scope, DriftListener listener) {
    calibration =
        new CostCalibration(
            scope.series(),
            new ShapeGrid(scope.maxBatch(), scope.maxLength()),
            CorrectionSettings.DEFAULT,
            ConformalSettings.P99);
    monitor = new DriftMonitor(DriftSettings.DEFAULT, scope.kinds(), scope.series(), listener);
  }

  @Override
  public void arrived(long nowNanos, int length, int kind) {
    monitor.arrived(nowNanos, length, kind);
  }

  @Override
  public void executed(long nowNanos, int series, int batch, int length, double logResidual) {
    monitor.executed(nowNanos, series, logResidual);
    calibration.executed(series, batch, length, logResidual);
  }

  @Override
  public void advance(long nowNanos) {
    monitor.advance(nowNanos);
  }

  @Override
  public double factor(int series, int batch, int length) {
    return calibration.factor(series, batch, length);
  }

  @Override
  public double p99Factor(int series, int batch, int length) {
    return calibration.isBounded(series)
        ? calibration.boundFactor(series, batch, length)
        : Double.NaN;
  }
}
