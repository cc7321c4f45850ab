package io.waip.scheduler.plan.shift;

import io.waip.api.resource.Figure;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Which work is done when.
 *
 * @param work that is planned, by time, then job and pool; every job that is not in {@code undone}
 *     is done inside its window
 * @param undone jobs that cannot be done inside their window beside the others; none of their work
 *     is planned
 * @param shifted what the planned work takes
 * @param atOnce what the same work takes, done as early as it can be
 * @param atOnceWithoutCap peak watts of the same work done as early as it can be without the cap
 * @param isProven whether no plan takes less of what is saved: so where every planned job is
 *     interruptible
 */
public record ShiftPlan(
    List<Work> work,
    List<Undone> undone,
    Totals shifted,
    Totals atOnce,
    Figure atOnceWithoutCap,
    boolean isProven) {
  /**
   * A job on devices of one pool, evenly over a time.
   *
   * @param job id
   * @param pool name
   * @param startSeconds since the epoch
   * @param endSeconds since the epoch, {@code > startSeconds}
   * @param devices mean number that it keeps busy, {@code > 0}
   */
  public record Work(
      String job, String pool, double startSeconds, double endSeconds, double devices) {
    /** Returns the device-seconds. */
    public double deviceSeconds() {
      return devices * (endSeconds - startSeconds);
    }

    /** Says whether a time lies in it. */
    public boolean isAt(double seconds) {
      return startSeconds <= seconds && seconds < endSeconds;
    }
  }

  /**
   * A job that cannot be done inside its window, with what alone would help.
   *
   * @param job id
   * @param fitsWorkSeconds of its work that fits beside the others, of a device of speed 1; 0 for a
   *     job that may not be interrupted
   * @param enoughDeadlineSeconds the earliest deadline with which all of it fits, whole seconds
   *     since the epoch; empty where none inside of the slots does
   * @param enoughWatts the least cap with which it fits, watts; empty where it does not fit without
   *     a cap, or there is none
   * @param fitsInterrupted whether it fits if it may be interrupted
   */
  public record Undone(
      String job,
      double fitsWorkSeconds,
      OptionalLong enoughDeadlineSeconds,
      OptionalDouble enoughWatts,
      boolean fitsInterrupted) {}

  /**
   * What work takes. Energy, money and grams are those that the work adds to idle devices; what the
   * building adds is left out.
   *
   * @param kilowattHours of the work
   * @param money for them
   * @param grams of carbon dioxide equivalent
   * @param peakWatts most that all pools together draw at a time, interactive work included
   * @param late jobs that are not done at their deadline
   */
  public record Totals(
      Figure kilowattHours, Figure money, Figure grams, Figure peakWatts, int late) {}

  /** Copies the lists. */
  public ShiftPlan {
    work = List.copyOf(work);
    undone = List.copyOf(undone);
  }

  /** Returns the devices of a pool that planned work keeps busy at a time. */
  public double devicesAt(String pool, double seconds) {
    return work.stream()
        .filter(each -> each.pool().equals(pool) && each.isAt(seconds))
        .mapToDouble(Work::devices)
        .sum();
  }
}
