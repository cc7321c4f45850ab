package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.List;
import java.util.Optional;

/**
 * The best schedule that an offline search with full knowledge of a workload found: no schedule of
 * the policies that it starts from is better, and the optimum lies between it and the {@link
 * GoodputLimit}.
 *
 * <p>Requests of one service and length with ascending deadlines, on workers that are alike, are
 * scheduled by {@link AgreeableSearch}; what is best of that and the given schedules is improved by
 * {@link ScheduleSearch}. Deterministic.
 *
 * @param requests served in time
 * @param ratePerSecond the same per second of the workload's window
 */
public record ClairvoyantGoodput(int requests, double ratePerSecond) {
  /** Larger workloads are not searched. */
  public static final int MAX_REQUESTS = 20_000;

  private static final int LEAST_ROUNDS = 1000;
  private static final long SEED = 1;

  /**
   * Searches.
   *
   * @param fleet with nominal times; its outages are not looked at
   * @param starts feasible schedules to begin with; may be empty
   * @return empty for more than {@value #MAX_REQUESTS} requests
   * @throws IllegalArgumentException if a schedule cannot be executed
   */
  public static Optional<ClairvoyantGoodput> of(
      Workload workload, Fleet fleet, List<Schedule> starts) {
    if (workload.size() > MAX_REQUESTS) {
      return Optional.empty();
    }
    Schedule best = search(new BatchTimes(workload, fleet), starts);
    return Optional.of(
        new ClairvoyantGoodput(best.requests(), best.requests() * 1e9 / workload.windowNanos()));
  }

  /** Returns the best schedule found. */
  static Schedule search(BatchTimes times, List<Schedule> starts) {
    Schedule best = AgreeableSearch.applies(times) ? AgreeableSearch.run(times) : Schedule.EMPTY;
    requireFeasible(best, times);
    for (Schedule start : starts) {
      requireFeasible(start, times);
      best = start.requests() > best.requests() ? start : best;
    }
    Schedule improved =
        ScheduleSearch.improve(times, best, Math.max(LEAST_ROUNDS, times.size()), SEED);
    requireFeasible(improved, times);
    return improved;
  }

  private static void requireFeasible(Schedule schedule, BatchTimes times) {
    if (!schedule.isFeasible(times)) {
      throw new IllegalArgumentException(
          "a schedule of " + schedule.requests() + " requests breaks a rule");
    }
  }
}
