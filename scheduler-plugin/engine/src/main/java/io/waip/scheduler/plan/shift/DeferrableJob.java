package io.waip.scheduler.plan.shift;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Work that may wait.
 *
 * @param id distinct among jobs, not blank
 * @param releaseSeconds when it can begin, seconds since the epoch
 * @param deadlineSeconds when it must be done, {@code > releaseSeconds}
 * @param workSeconds of one device of speed 1, {@code > 0}
 * @param isInterruptible whether it may stop and go on later, on more or fewer devices; otherwise
 *     it runs once, on exactly {@code devices} of one kind
 * @param devices that it runs on at most, {@code >= 1}
 * @param pools where it may run, in order of preference where nothing else decides; not empty
 * @param watts that it adds to an idle device, {@code >= 0}; empty for those of the pool
 */
public record DeferrableJob(
    String id,
    long releaseSeconds,
    long deadlineSeconds,
    double workSeconds,
    boolean isInterruptible,
    int devices,
    List<String> pools,
    OptionalDouble watts) {
  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public DeferrableJob {
    pools = List.copyOf(pools);
    if (id.isBlank() || pools.isEmpty()) {
      throw new IllegalArgumentException(
          "a job needs an id and pools, has '%s' and %s".formatted(id, pools));
    }
    if (deadlineSeconds <= releaseSeconds) {
      throw new IllegalArgumentException(
          "job %s: its deadline %d is not after its release %d"
              .formatted(id, deadlineSeconds, releaseSeconds));
    }
    boolean isWork = workSeconds > 0 && Double.isFinite(workSeconds);
    double drawn = watts.orElse(0);
    if (!isWork || devices < 1 || !(drawn >= 0 && Double.isFinite(drawn))) {
      throw new IllegalArgumentException(
          "job %s: work must be > 0, devices >= 1 and watts >= 0, are %s, %d and %s"
              .formatted(id, workSeconds, devices, watts));
    }
  }

  /** Returns the same with another deadline. */
  public DeferrableJob withDeadline(long seconds) {
    return new DeferrableJob(
        id, releaseSeconds, seconds, workSeconds, isInterruptible, devices, pools, watts);
  }

  /** Returns the same with another release and work; a deadline that has passed is a second on. */
  DeferrableJob withRest(long release, double work) {
    long deadline = Math.max(deadlineSeconds, release + 1);
    return new DeferrableJob(id, release, deadline, work, isInterruptible, devices, pools, watts);
  }

  /** Returns the same in a window of its length: it has no other start than its release. */
  DeferrableJob goingOn(DevicePool pool) {
    long seconds = Math.max(1, (long) Math.ceil(secondsOn(pool)));
    return new DeferrableJob(
        id,
        releaseSeconds,
        releaseSeconds + seconds,
        workSeconds,
        isInterruptible,
        devices,
        List.of(pool.name()),
        watts);
  }

  /** Returns how long it takes on all its devices. */
  double secondsOn(DevicePool pool) {
    return workSeconds / (devices * pool.speed());
  }

  /** Returns the same, interruptible. */
  DeferrableJob interruptible() {
    return new DeferrableJob(
        id, releaseSeconds, deadlineSeconds, workSeconds, true, devices, pools, watts);
  }
}
