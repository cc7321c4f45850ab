package io.waip.cli.config;

import io.waip.scheduler.plan.apply.KeeperSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How plans take each other's place.
 *
 * @param changesPerHour most changes within an hour, {@code [1, 3600]}
 * @param tolerance share by which what comes of a plan may stay below its prediction, {@code [0.01,
 *     0.9]}
 * @param canaryShare share of the time that a new plan serves at first, {@code [0.05, 0.5]}; 1 for
 *     no canary
 * @param stateFile where the plan in force survives a restart; empty where it does not
 */
public record ChangeSettings(
    int changesPerHour, double tolerance, double canaryShare, Optional<Path> stateFile) {
  /** That of {@link KeeperSettings#DEFAULT}; nothing survives a restart. */
  public static final ChangeSettings DEFAULT =
      new ChangeSettings(
          KeeperSettings.DEFAULT.changesPerHour(),
          KeeperSettings.DEFAULT.tolerance(),
          KeeperSettings.DEFAULT.canaryShare(),
          Optional.empty());
}
