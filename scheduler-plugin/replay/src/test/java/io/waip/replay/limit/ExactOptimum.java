package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The best schedule of a small workload by exhaustive search, independent of the limit: for every
 * set of requests the earliest time one worker can have served all of it in time, then the best
 * division of requests among workers. O(3^n) for each worker.
 */
final class ExactOptimum {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /** One worker: what it can run, and when it is down. */
  record Machine(List<ServiceCost> services, List<Outage> downtimes) {}

  private final Workload workload;
  private final List<Machine> machines;
  private final int sets;

  ExactOptimum(Workload workload, List<Machine> machines) {
    this.workload = workload;
    this.machines = machines;
    sets = 1 << workload.size();
  }

  ExactOptimum(Workload workload, BatchCost cost, WorkerPool pool) {
    this(
        workload,
        Collections.nCopies(
            pool.workers(),
            new Machine(
                List.of(new ServiceCost(cost, pool.variants(), pool.maxBatch())), List.of())));
  }

  /** Returns the most requests any schedule serves in time. */
  int requests() {
    List<boolean[]> alone = new ArrayList<>();
    boolean[] servable = {};
    for (int k = 0; k < machines.size(); k++) {
      int same = machines.subList(0, k).indexOf(machines.get(k));
      alone.add(same < 0 ? servableBy(machines.get(k)) : alone.get(same));
      servable = k == 0 ? alone.get(0) : together(servable, alone.get(k));
    }
    int best = 0;
    for (int set = 0; set < sets; set++) {
      best = servable[set] ? Math.max(best, Integer.bitCount(set)) : best;
    }
    return best;
  }

  private boolean[] servableBy(Machine machine) {
    double[] finish = finish(machine);
    boolean[] servable = new boolean[sets];
    for (int set = 0; set < sets; set++) {
      servable[set] = finish[set] < NEVER;
    }
    return servable;
  }

  private double[] finish(Machine machine) {
    double[] finish = new double[sets];
    Arrays.fill(finish, NEVER);
    finish[0] = 0;
    for (int set = 0; set < sets; set++) {
      if (finish[set] == NEVER) {
        continue;
      }
      int rest = sets - 1 & ~set;
      for (int batch = rest; batch > 0; batch = (batch - 1) & rest) {
        double end = endOf(batch, finish[set], machine);
        finish[set | batch] = Math.min(finish[set | batch], end);
      }
    }
    return finish;
  }

  private double endOf(int batch, double free, Machine machine) {
    int size = Integer.bitCount(batch);
    int service = workload.service(Integer.numberOfTrailingZeros(batch));
    ServiceCost costs = machine.services().get(service);
    if (size > costs.maxBatch()) {
      return NEVER;
    }
    double start = free;
    double deadline = NEVER;
    int longest = 0;
    for (int i = 0; i < workload.size(); i++) {
      if ((batch >>> i & 1) == 1) {
        if (workload.service(i) != service) {
          return NEVER;
        }
        start = Math.max(start, workload.arrivalNanos(i));
        deadline = Math.min(deadline, workload.goodputDeadlineNanos(i));
        longest = Math.max(longest, workload.length(i));
      }
    }
    double end = NEVER;
    for (int v = 0; v < costs.variants(); v++) {
      double nanos = costs.cost().nanos(v, size, longest);
      end = Math.min(end, beside(machine.downtimes(), start, nanos) + nanos);
    }
    return end <= deadline ? end : NEVER;
  }

  /** Returns the first start from which a time passes without a downtime. */
  private static double beside(List<Outage> downtimes, double earliest, double nanos) {
    double start = earliest;
    for (int k = 0; k < downtimes.size(); k++) {
      for (Outage down : downtimes) {
        if (down.fromNanos() < start + nanos && start < down.untilNanos()) {
          start = down.untilNanos();
        }
      }
    }
    return start;
  }

  private boolean[] together(boolean[] servable, boolean[] one) {
    boolean[] both = new boolean[sets];
    for (int set = 0; set < sets; set++) {
      for (int part = set; ; part = (part - 1) & set) {
        both[set] |= servable[part] && one[set & ~part];
        if (part == 0) {
          break;
        }
      }
    }
    return both;
  }
}
