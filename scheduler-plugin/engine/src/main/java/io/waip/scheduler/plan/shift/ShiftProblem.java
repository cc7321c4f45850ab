package io.waip.scheduler.plan.shift;

import io.waip.api.resource.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which deferrable work is there, and what it can run on.
 *
 * @param jobs ids distinct
 * @param pools names distinct, at least one
 * @param slots one after another without gaps, at least one; nothing is planned after the last
 * @param wattsCap of all pools together at any time; empty for none. With one, the watts of all
 *     pools must be known
 * @param aim what the plan saves
 */
public record ShiftProblem(
    List<DeferrableJob> jobs,
    List<DevicePool> pools,
    List<ShiftSlot> slots,
    OptionalDouble wattsCap,
    Aim aim) {
  /** What a plan saves. */
  public enum Aim {
    /** Money for energy. */
    MONEY,
    /** Carbon dioxide equivalent of energy. */
    CARBON;

    /** Returns what is saved, per kilowatt-hour. */
    Figure perKilowattHour(ShiftSlot.Supply supply) {
      return this == MONEY
          ? supply.terms().moneyPerKilowattHour()
          : supply.terms().gramsPerKilowattHour();
    }
  }

  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if names repeat, a job names no pool of the problem, slots
   *     leave gaps or do not fit the pools, or a cap stands beside unknown watts
   */
  public ShiftProblem {
    jobs = List.copyOf(jobs);
    pools = List.copyOf(pools);
    slots = List.copyOf(slots);
    if (pools.isEmpty() || slots.isEmpty()) {
      throw new IllegalArgumentException("at least one pool and one slot are required");
    }
    requireNames(jobs, pools);
    requireSlots(slots, pools);
    if (wattsCap.isPresent()) {
      requireWatts(wattsCap.getAsDouble(), pools);
    }
  }

  private static void requireNames(List<DeferrableJob> jobs, List<DevicePool> pools) {
    Set<String> names = new HashSet<>();
    pools.forEach(pool -> require(names.add(pool.name()), "pool " + pool.name() + " twice"));
    Set<String> ids = new HashSet<>();
    for (DeferrableJob job : jobs) {
      require(ids.add(job.id()), "job " + job.id() + " twice");
      require(
          names.containsAll(job.pools()),
          "job %s names pools %s of %s".formatted(job.id(), job.pools(), names));
    }
  }

  private static void requireSlots(List<ShiftSlot> slots, List<DevicePool> pools) {
    for (int s = 0; s < slots.size(); s++) {
      ShiftSlot slot = slots.get(s);
      require(
          s == 0 || slots.get(s - 1).endSeconds() == slot.startSeconds(),
          "slot at %d does not follow the one before".formatted(slot.startSeconds()));
      require(
          slot.pools().size() == pools.size(),
          "slot at %d is not of %d pools".formatted(slot.startSeconds(), pools.size()));
      for (int p = 0; p < pools.size(); p++) {
        double spare = slot.pools().get(p).spareDevices();
        require(
            spare >= 0 && spare <= pools.get(p).devices(),
            "spare devices of %s must be in [0, %d], are %s"
                .formatted(pools.get(p).name(), pools.get(p).devices(), spare));
      }
    }
  }

  private static void requireWatts(double cap, List<DevicePool> pools) {
    require(cap >= 0 && Double.isFinite(cap), "the cap must be finite and >= 0, is " + cap);
    for (DevicePool pool : pools) {
      require(
          pool.idleWatts().isPresent() && pool.busyWatts().isPresent(),
          "a cap of watts needs idle and busy watts of " + pool.name());
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /** Returns the same without a cap. */
  ShiftProblem withoutCap() {
    return new ShiftProblem(jobs, pools, slots, OptionalDouble.empty(), aim);
  }

  /** Returns the same with another cap. */
  ShiftProblem withCap(double watts) {
    return new ShiftProblem(jobs, pools, slots, OptionalDouble.of(watts), aim);
  }

  /** Returns the same with other jobs. */
  ShiftProblem withJobs(List<DeferrableJob> others) {
    return new ShiftProblem(others, pools, slots, wattsCap, aim);
  }

  /**
   * What has been done of a job.
   *
   * @param workSeconds of one device of speed 1, {@code > 0}
   * @param pool where it runs
   */
  public record Progress(double workSeconds, String pool) {}

  /**
   * Returns what is left at a later time, for planning anew: jobs with the work that is not done,
   * slots from then on. A job that may not be interrupted and has begun goes on at once, where it
   * is. A job whose deadline has passed has a second left, so that it comes out as one that cannot
   * be done in time.
   *
   * @param nowSeconds since the epoch, before the end of the last slot
   * @param done of each job that has begun
   * @throws IllegalArgumentException if no slot is left
   */
  public ShiftProblem remainingAt(long nowSeconds, Map<String, Progress> done) {
    List<DeferrableJob> rest = new ArrayList<>();
    for (DeferrableJob job : jobs) {
      Progress progress = done.getOrDefault(job.id(), new Progress(0, ""));
      double left = job.workSeconds() - progress.workSeconds();
      if (left > Grid.NO_WORK * job.workSeconds()) {
        boolean isRunning = progress.workSeconds() > 0 && !job.isInterruptible();
        DeferrableJob later = job.withRest(Math.max(job.releaseSeconds(), nowSeconds), left);
        rest.add(isRunning ? later.goingOn(pool(progress.pool())) : later);
      }
    }
    List<ShiftSlot> after =
        slots.stream()
            .filter(slot -> slot.endSeconds() > nowSeconds)
            .map(slot ->
                new ShiftSlot(
                    Math.max(slot.startSeconds(), nowSeconds), slot.endSeconds(), slot.pools()))
            .toList();
    return new ShiftProblem(rest, pools, after, wattsCap, aim);
  }

  private DevicePool pool(String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst().orElseThrow();
  }
}
