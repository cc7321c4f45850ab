package io.waip.replay.limit;

import io.waip.replay.trace.Workload;

/**
 * A number of requests that no schedule of a workload serves in time, however much it knows: the
 * optimum of a relaxation.
 *
 * <p><b>Setting.</b> m workers each run one batch at a time without interruption, of at most B
 * requests, on any of the variants. A batch starts after its members arrived and serves those whose
 * deadline it meets; a request without deadline counts when completed inside the window. Its time
 * is {@code c(v, b, L)} with L at least the longest member. Every request is worth 1.
 *
 * <p><b>Bound.</b> With {@code w_i} the {@link WorkBound} of request i, maximise {@code sum y_i /
 * w_i} over {@link Relaxation}'s feasible y.
 *
 * <p><b>Why no schedule exceeds it.</b> Take any schedule. A batch that serves k members in time
 * occupies {@code [s, s + C]} of one worker, inside the windows of all k; give each of them {@code
 * C / k}. The windows inside {@code [a, b]} are then given only time of batches inside {@code [a,
 * b]}, at most {@code m (b - a)}: the y are feasible. {@code C / k >= w_i}, so lowering each to
 * {@code w_i} stays feasible and counts 1 for every request served in time.
 *
 * <p>Solved exactly by {@link AgreeableGreedy} where windows do not nest, else by {@link
 * LevelledFlow}. The idea of a fluid relaxation with a window condition and its polymatroid greedy
 * is this project's own; sources of the theorems used are named there.
 *
 * @param requests the limit, in {@code [0, offered]}
 * @param ratePerSecond the same per second of the workload's window
 * @param method {@code greedy} or {@code flow}
 */
public record GoodputLimit(double requests, double ratePerSecond, String method) {
  /**
   * Computes the limit.
   *
   * @param cost nominal times, as far as known to the schedules compared with it
   * @throws IllegalArgumentException if a cost is NaN or not positive
   */
  public static GoodputLimit of(Workload workload, BatchCost cost, WorkerPool pool) {
    double[] works = WorkBound.nanos(workload, new CostEnvelope(workload, cost, pool));
    Relaxation problem = Relaxation.of(workload, works, pool.workers());
    boolean agreeable = problem.isAgreeable();
    double value = agreeable ? AgreeableGreedy.value(problem) : LevelledFlow.value(problem);
    double requests = Math.min(value, problem.size());
    return new GoodputLimit(
        requests, requests * 1e9 / workload.windowNanos(), agreeable ? "greedy" : "flow");
  }
}
