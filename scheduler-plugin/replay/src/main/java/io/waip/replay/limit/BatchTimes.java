package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * What schedules are built from: windows, lengths and the time of the fastest variant on each
 * worker.
 */
final class BatchTimes {
  private static final long NEVER_NANOS = 1L << 61;

  final Workload workload;
  private final Fleet fleet;
  private final List<DeviceClass> workers = new ArrayList<>();
  private final long longestWindowNanos;

  BatchTimes(Workload workload, Fleet fleet) {
    this.workload = workload;
    this.fleet = fleet;
    for (DeviceClass each : fleet.classes()) {
      for (int w = 0; w < each.workers(); w++) {
        workers.add(each);
      }
    }
    long longest = 0;
    for (int i = 0; i < workload.size(); i++) {
      longest = Math.max(longest, deadline(i) - arrival(i));
    }
    longestWindowNanos = longest;
  }

  /** Identical workers on which every request has the same cost. */
  BatchTimes(Workload workload, BatchCost cost, WorkerPool pool) {
    this(workload, Fleet.uniform(cost, pool, 1));
  }

  /** Returns the longest time from an arrival to its deadline. */
  long longestWindowNanos() {
    return longestWindowNanos;
  }

  int size() {
    return workload.size();
  }

  /** Returns the number of workers, class by class. */
  int workers() {
    return workers.size();
  }

  /** Says whether all workers are alike and run one service. */
  boolean isUniform() {
    return fleet.classes().size() == 1 && fleet.services() == 1;
  }

  long arrival(int request) {
    return workload.arrivalNanos(request);
  }

  long deadline(int request) {
    return workload.goodputDeadlineNanos(request);
  }

  int length(int request) {
    return workload.length(request);
  }

  int service(int request) {
    return workload.service(request);
  }

  /** Returns the most requests of a service in a batch on a worker. */
  int maxBatch(int worker, int service) {
    return cost(worker, service).maxBatch();
  }

  /**
   * Returns whole nanoseconds, rounded up; more than any window where no variant runs the batch.
   */
  long nanos(int worker, int service, int batch, int length) {
    ServiceCost cost = cost(worker, service);
    double least = Double.POSITIVE_INFINITY;
    for (int v = 0; v < cost.variants(); v++) {
      least = Math.min(least, cost.cost().nanos(v, batch, length));
    }
    return least < NEVER_NANOS ? (long) Math.ceil(least) : NEVER_NANOS;
  }

  private ServiceCost cost(int worker, int service) {
    return workers.get(worker).services().get(service);
  }

  /** Returns the most requests per nanosecond of a worker, over batches of one length. */
  double bestRate(int worker, int service, int length) {
    double best = 0;
    for (int b = 1; b <= maxBatch(worker, service); b++) {
      best = Math.max(best, b / (double) nanos(worker, service, b, length));
    }
    return best;
  }
}
