package io.waip.replay.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Batches on workers that serve each of their members in time. Immutable. */
public final class Schedule {
  /** No batch at all. */
  static final Schedule EMPTY = new Schedule(List.of());

  private final List<PlacedBatch> batches;

  /** Copies the list. */
  public Schedule(List<PlacedBatch> batches) {
    this.batches = List.copyOf(batches);
  }

  List<PlacedBatch> batches() {
    return batches;
  }

  /** Returns the number of requests served. */
  public int requests() {
    return batches.stream().mapToInt(PlacedBatch::size).sum();
  }

  /** Returns the batches of each worker in order of their start. */
  List<List<PlacedBatch>> lanes(int workers) {
    List<List<PlacedBatch>> lanes = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      lanes.add(new ArrayList<>());
    }
    batches.stream()
        .sorted(Comparator.comparingLong(PlacedBatch::startNanos))
        .forEach(batch -> lanes.get(batch.worker()).add(batch));
    return lanes;
  }

  /**
   * Says whether this can be executed: no request twice, no two batches of a worker at once, no
   * batch of two services, too large, before a member's arrival, after a member's deadline or
   * faster than its time.
   */
  boolean isFeasible(BatchTimes times) {
    boolean[] served = new boolean[times.size()];
    for (List<PlacedBatch> lane : lanes(times.workers())) {
      long free = Long.MIN_VALUE;
      for (PlacedBatch batch : lane) {
        if (batch.startNanos() < free || !isSound(batch, served, times)) {
          return false;
        }
        free = batch.endNanos();
      }
    }
    return true;
  }

  private static boolean isSound(PlacedBatch batch, boolean[] served, BatchTimes times) {
    int longest = 1;
    int service = batch.size() == 0 ? 0 : times.service(batch.members()[0]);
    for (int request : batch.members()) {
      if (served[request]
          || times.service(request) != service
          || times.arrival(request) > batch.startNanos()
          || times.deadline(request) < batch.endNanos()) {
        return false;
      }
      served[request] = true;
      longest = Math.max(longest, times.length(request));
    }
    return batch.size() >= 1
        && batch.size() <= times.maxBatch(batch.worker(), service)
        && batch.endNanos() - batch.startNanos()
            >= times.nanos(batch.worker(), service, batch.size(), longest);
  }
}
