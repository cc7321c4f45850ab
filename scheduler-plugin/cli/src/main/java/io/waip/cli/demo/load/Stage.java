package io.waip.cli.demo.load;

import io.waip.replay.dynamic.DynamicBatcherSettings;

/** The server the arms run in: opens what answers the requests of each. */
public interface Stage {
  /** Returns the version the server reports. */
  String tritonVersion();

  /** Returns the server's dynamic batcher as most fleets have it, over the reference variant. */
  Arm.Opener stock();

  /** Returns the server's dynamic batcher with given settings. */
  Arm.Opener batcher(DynamicBatcherSettings settings);

  /**
   * Returns the planner in front of the same models.
   *
   * @param referenceOnly whether it may use the reference variant alone
   */
  Arm.Opener planner(boolean referenceOnly);
}
