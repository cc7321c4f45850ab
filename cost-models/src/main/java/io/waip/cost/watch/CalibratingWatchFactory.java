package io.waip.cost.watch;

import io.waip.api.drift.DriftListener;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.WatchScope;

/**
 * Makes watches that correct by batch and length, bound by adaptive conformal prediction, and find
 * drift by ADWIN and Page-Hinkley; found as {@code calibrating}. Stateless; any thread.
 */
public final class CalibratingWatchFactory implements DriftWatchFactory {
  /** Name users choose it by. */
  public static final String NAME = "calibrating";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DriftWatch open(WatchScope scope, DriftListener listener) {
    return new CalibratingWatch(scope, listener);
  }
}
