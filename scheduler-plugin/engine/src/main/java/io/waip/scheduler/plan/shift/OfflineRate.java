package io.waip.scheduler.plan.shift;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a plan lets offline work have now: the way from a plan to an engine. Pure functions. */
public final class OfflineRate {
  /** A promise of all devices would leave interactive work none. */
  private static final double MOST = Math.nextDown(1.0);

  private OfflineRate() {}

  /**
   * Returns the share of device time to promise to offline work at a time, as {@code
   * ServicePlan.offlineShare} has it: devices that planned work keeps busy over all.
   *
   * @param pools whose devices share the queue
   * @param seconds since the epoch
   * @return share in {@code [0, 1)}
   */
  public static double share(ShiftPlan plan, List<DevicePool> pools, double seconds) {
    double busy = pools.stream().mapToDouble(pool -> plan.devicesAt(pool.name(), seconds)).sum();
    double all = pools.stream().mapToDouble(DevicePool::devices).sum();
    return all == 0 ? 0 : Math.min(MOST, busy / all);
  }

  /**
   * Returns when a job is first worked on: requests of it that come earlier wait until then.
   *
   * @return seconds since the epoch; empty where nothing of it is planned
   */
  public static OptionalDouble releaseSeconds(ShiftPlan plan, String job) {
    return plan.work().stream()
        .filter(work -> work.job().equals(job))
        .mapToDouble(ShiftPlan.Work::startSeconds)
        .min();
  }

  /**
   * Returns when the share may change next, and has to be asked for again.
   *
   * @param seconds since the epoch
   * @return the first whole second at or after the next start or end of planned work; empty after
   *     the last
   */
  public static OptionalLong nextChangeSeconds(ShiftPlan plan, double seconds) {
    OptionalDouble next =
        plan.work().stream()
            .flatMapToDouble(
                work -> java.util.stream.DoubleStream.of(work.startSeconds(), work.endSeconds()))
            .filter(time -> time > seconds)
            .min();
    return next.isPresent()
        ? OptionalLong.of((long) Math.ceil(next.getAsDouble()))
        : OptionalLong.empty();
  }
}
