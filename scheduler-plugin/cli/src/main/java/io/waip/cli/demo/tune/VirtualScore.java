package io.waip.cli.demo.tune;

import io.waip.api.Outcome;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.cli.demo.load.TextLoad;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;

/** Goodput of settings in virtual time, with the measured cost curve. Any thread may call it. */
final class VirtualScore {
  /** Spread of execution times around the curve, about what a shared 2-core machine shows. */
  private static final double NOISE = 0.1;

  private static final long NOISE_SEED = 7;

  private final Deployment deployment;
  private final LatencyModel curve;

  VirtualScore(Deployment deployment, LatencyModel curve) {
    this.deployment = deployment;
    this.curve = curve;
  }

  /** Returns requests per second answered in time. */
  double goodputRps(DynamicBatcherSettings settings, TextLoad load) {
    RunLog run =
        VirtualTimeDriver.run(
            load,
            new DynamicBatcher(deployment, settings),
            new ExecutionTimes(curve, NOISE, NOISE_SEED));
    int good = 0;
    for (int i = 0; i < load.size(); i++) {
      if (run.outcome(i) == Outcome.COMPLETED && run.endNanos(i) <= load.lastUsefulNanos(i)) {
        good++;
      }
    }
    return good / load.window().seconds();
  }
}
