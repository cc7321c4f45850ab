package io.waip.scheduler.plan.shift;

import java.util.OptionalDouble;

/**
 * Like devices at one place.
 *
 * @param name distinct among pools, not blank
 * @param devices there are, {@code >= 1}
 * @param speed work per device and second, {@code > 0}
 * @param idleWatts of each device, {@code >= 0}; empty where unknown
 * @param busyWatts of each device that executes, {@code >= idleWatts}; empty where unknown
 */
public record DevicePool(
    String name, int devices, double speed, OptionalDouble idleWatts, OptionalDouble busyWatts) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public DevicePool {
    boolean isFast = speed > 0 && Double.isFinite(speed);
    double idle = idleWatts.orElse(0);
    double busy = busyWatts.orElse(idle);
    if (name.isBlank() || devices < 1 || !isFast) {
      throw new IllegalArgumentException(
          "a pool needs a name, devices and a speed > 0, has '%s', %d and %s"
              .formatted(name, devices, speed));
    }
    if (!(idle >= 0 && busy >= idle && Double.isFinite(busy))) {
      throw new IllegalArgumentException(
          "pool %s: watts must be 0 <= idle <= busy, are %s and %s".formatted(name, idle, busy));
    }
  }

  /** Returns what a job adds to an idle device, watts; NaN where unknown. */
  public double addedWatts(DeferrableJob job) {
    return job.watts().isPresent()
        ? job.watts().getAsDouble()
        : busyWatts.orElse(Double.NaN) - idleWatts.orElse(Double.NaN);
  }

  /**
   * Returns what the pool draws without deferrable work, watts; NaN where unknown.
   *
   * @param spareDevices that idle; the others execute
   */
  public double baseWatts(double spareDevices) {
    return idleWatts.orElse(Double.NaN) * spareDevices
        + busyWatts.orElse(Double.NaN) * (devices - spareDevices);
  }
}
