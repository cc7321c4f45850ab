package io.waip.replay;

import io.waip.api.Outcome;
import io.waip.api.schedule.Batch;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.trace.Workload;

/** Collects the {@link Timeline} of a run in memory that does not grow. Single thread. */
public final class TimelineRecorder implements RunObserver {
  private final long windowNanos;
  private final int workers;
  private final int maxBatch;
  private final double[][] workerNanos;
  private final double[][] queueNanos;
  private long lastNanos;
  private int waiting;

  /** Begins before the first request. */
  public TimelineRecorder(Workload workload, int workers, int maxBatch) {
    windowNanos = workload.windowNanos();
    this.workers = workers;
    this.maxBatch = maxBatch;
    int sizeBins = Timeline.sizeBin(maxBatch, maxBatch) + 1;
    workerNanos = new double[Timeline.STEPS][sizeBins];
    queueNanos = new double[Timeline.STEPS][Timeline.DEPTH_BINS];
  }

  /** Returns what was seen, once the run has ended. */
  public Timeline timeline() {
    passTo(windowNanos);
    double stepNanos = (double) windowNanos / Timeline.STEPS;
    return new Timeline(
        windowNanos,
        maxBatch,
        shares(workerNanos, stepNanos * workers),
        shares(queueNanos, stepNanos));
  }

  private static double[][] shares(double[][] nanos, double whole) {
    double[][] shares = new double[nanos.length][];
    for (int step = 0; step < nanos.length; step++) {
      shares[step] = new double[nanos[step].length];
      for (int bin = 0; bin < nanos[step].length; bin++) {
        shares[step][bin] = Math.min(1, nanos[step][bin] / whole);
      }
    }
    return shares;
  }

  private void passTo(long nowNanos) {
    spread(lastNanos, nowNanos, queueNanos, Timeline.depthBin(waiting));
    lastNanos = Math.max(lastNanos, nowNanos);
  }

  /** Adds a span of time to the steps it lies in; what is after the window is left out. */
  private void spread(long fromNanos, long toNanos, double[][] grid, int bin) {
    double stepNanos = (double) windowNanos / Timeline.STEPS;
    int first = (int) Math.min(Timeline.STEPS, Math.max(0, fromNanos / stepNanos - 1));
    for (int step = first; step < Timeline.STEPS && step * stepNanos < toNanos; step++) {
      double from = Math.max(fromNanos, step * stepNanos);
      double to = Math.min(toNanos, (step + 1) * stepNanos);
      grid[step][bin] += Math.max(0, to - from);
    }
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
    spread(startNanos, endNanos, workerNanos, Timeline.sizeBin(batch.size(), maxBatch));
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
