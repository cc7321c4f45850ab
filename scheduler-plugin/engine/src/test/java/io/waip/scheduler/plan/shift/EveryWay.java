package io.waip.scheduler.plan.shift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least cost of a small problem of one pool of speed 1, by trying every number of devices for
 * every job in every second. Whole numbers are enough: the constraints are those of a network,
 * whose optimum is whole where its data are. Shares nothing with the planner.
 */
final class EveryWay {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private final ShiftProblem problem;
  private final List<DeferrableJob> jobs;
  private final Map<List<Integer>, Double> known = new HashMap<>();

  private EveryWay(ShiftProblem problem) {
    this.problem = problem;
    jobs = problem.jobs();
  }

  /** Returns the least cost of all jobs in their windows; infinite where there is no way. */
  static double least(ShiftProblem problem) {
    EveryWay every = new EveryWay(problem);
    int[] left = every.jobs.stream().mapToInt(job -> (int) job.workSeconds()).toArray();
    return every.from(0, left);
  }

  private double from(int second, int[] left) {
    if (second == problem.slots().getLast().endSeconds()) {
      for (int each : left) {
        if (each > 0) {
          return NONE;
        }
      }
      return 0;
    }
    List<Integer> key = new java.util.ArrayList<>(List.of(second));
    for (int each : left) {
      key.add(each);
    }
    Double before = known.get(key);
    if (before != null) {
      return before;
    }
    ShiftSlot slot =
        problem.slots().stream().filter(s -> s.endSeconds() > second).findFirst().orElseThrow();
    int spare = (int) slot.pools().getFirst().spareDevices();
    double price = problem.aim().perKilowattHour(slot.pools().getFirst()).value();
    double least = second(new Second(second, spare, price), 0, left, 0);
    known.put(key, least);
    return least;
  }

  /** A second with its devices and price. */
  private record Second(int number, int spare, double price) {}

  private double second(Second now, int j, int[] left, int taken) {
    if (j == jobs.size()) {
      return from(now.number + 1, left) + taken * now.price;
    }
    DeferrableJob job = jobs.get(j);
    boolean isOpen =
        job.releaseSeconds() <= now.number && now.number < job.deadlineSeconds() && left[j] > 0;
    boolean hasBegun = left[j] < job.workSeconds() && left[j] > 0;
    double least = NONE;
    for (int devices = 0; devices <= job.devices(); devices++) {
      boolean isAllowed =
          devices == 0
              ? job.isInterruptible() || !hasBegun
              : isOpen && (job.isInterruptible() || devices == job.devices());
      if (isAllowed && devices <= left[j] && taken + devices <= now.spare) {
        left[j] -= devices;
        least = Math.min(least, second(now, j + 1, left, taken + devices));
        left[j] += devices;
      }
    }
    return least;
  }
}
