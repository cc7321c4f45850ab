package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.List;

/**
 * A number of requests that no schedule of a workload serves in time, however much it knows: the
 * optimum of a relaxation, or a bound above it.
 *
 * <p><b>Setting.</b> Each worker of a {@link Fleet} runs one batch at a time without interruption,
 * beside its outages: requests of one service, at most as many as its class takes, on any of the
 * service's variants there. A batch starts after its members arrived and serves those whose
 * deadline it meets; a request without deadline counts when completed inside the window. Its time
 * on class d is {@code c_d(v, b, L)} with L at least the longest member. Every request is worth 1.
 *
 * <p><b>Bound.</b> With {@code w_{i,d}} the {@link WorkBound} of request i on class d and {@code
 * z_{i,d}} the share of it served there, maximise {@code sum z_{i,d}} over {@code sum over d of
 * z_{i,d} <= 1} and, for each d, {@link Relaxation}'s feasible {@code y_{i,d} = w_{i,d} z_{i,d}}.
 *
 * <p><b>Why no schedule exceeds it.</b> Take any schedule. A batch that serves k members in time
 * occupies {@code [s, s + C]} of one worker of class d, inside the windows of all k; give each of
 * them {@code C / k} of that class. The windows inside {@code [a, b]} are then given only time of
 * batches inside {@code [a, b]}, at most what workers of d are up in it: the y are feasible. {@code
 * C / k >= w_{i,d}}, so lowering each to {@code w_{i,d}} stays feasible and counts 1 for every
 * request served in time. No request is served twice.
 *
 * <p><b>How it is solved.</b> Classes whose works are in proportion are one ({@link
 * ClassWorks#pooled}); classes that share no request are apart. A class alone is solved exactly by
 * {@link AgreeableGreedy} where windows do not nest, else by {@link LevelledFlow}; several by
 * {@link AssignmentDual}, which is never below the optimum. The idea of a fluid relaxation with a
 * window condition and its polymatroid greedy is this project's own; sources of the theorems used
 * are named there.
 *
 * @param requests the limit, in {@code [0, offered]}
 * @param ratePerSecond the same per second of the workload's window
 * @param method {@code greedy}, {@code flow} or {@code dual}: the least exact that was needed
 */
public record GoodputLimit(double requests, double ratePerSecond, String method) {
  private static final List<String> METHODS = List.of("greedy", "flow", "dual");

  /**
   * Computes the limit of identical workers, on which every service has the same cost.
   *
   * @param cost nominal times, as far as known to the schedules compared with it
   * @throws IllegalArgumentException if a cost is NaN or not positive
   */
  public static GoodputLimit of(Workload workload, BatchCost cost, WorkerPool pool) {
    int services = 1;
    for (int i = 0; i < workload.size(); i++) {
      services = Math.max(services, workload.service(i) + 1);
    }
    return of(workload, Fleet.uniform(cost, pool, services));
  }

  /**
   * Computes the limit of a fleet, O(n log n) for each class, batch time and service, and seconds
   * for 20,000 requests on classes that have to be weighed against one another.
   *
   * @throws IllegalArgumentException if a cost is NaN or not positive, or a request calls a service
   *     that the fleet does not know
   */
  public static GoodputLimit of(Workload workload, Fleet fleet) {
    return of(workload, FleetWorks.of(workload, fleet));
  }

  /** Computes the limit from the works on each class. */
  static GoodputLimit of(Workload workload, List<ClassWorks> works) {
    double value = 0;
    int method = 0;
    for (List<ClassWorks> group : ClassWorks.separate(ClassWorks.pooled(works))) {
      if (group.size() > 1) {
        value += Math.min(AssignmentDual.value(workload, group), servable(workload, group));
        method = 2;
      } else {
        Relaxation problem = Relaxation.of(workload, group.getFirst());
        value += Math.min(problem.optimum(), problem.size());
        method = Math.max(method, problem.isAgreeable() ? 0 : 1);
      }
    }
    return new GoodputLimit(value, value * 1e9 / workload.windowNanos(), METHODS.get(method));
  }

  private static int servable(Workload workload, List<ClassWorks> classes) {
    int count = 0;
    for (int i = 0; i < workload.size(); i++) {
      int request = i;
      count += classes.stream().anyMatch(each -> each.serves(request)) ? 1 : 0;
    }
    return count;
  }
}
