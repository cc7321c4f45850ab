package io.waip.triton;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.util.List;

/**
 * What a planner saw since its watchers were last told. Where there is more than fits they are told
 * sooner. Confined to the planner's thread; allocates nothing once made, and nothing where nobody
 * watches.
 */
final class SeenLog {
  private static final int CAPACITY = 8192;
  private static final int LONGS = 7;
  private static final long ARRIVAL = -1;
  private static final long END = -2;

  private static final Outcome[] OUTCOMES = Outcome.values();

  private final List<PlannerWatcher> watchers;
  private final long[] records;
  private final SeenExecution execution = new SeenExecution();
  private final SeenArrival arrival = new SeenArrival();
  private int size;

  SeenLog(List<PlannerWatcher> watchers) {
    this.watchers = List.copyOf(watchers);
    records = new long[watchers.isEmpty() ? 0 : CAPACITY * LONGS];
  }

  /** Takes a request, as it is given to the engine. */
  void arrived(long nowNanos, RequestDescriptor request) {
    if (records.length > 0) {
      int at = next();
      records[at] = nowNanos;
      records[at + 1] = ARRIVAL;
      records[at + 2] = request.service();
      records[at + 3] = request.tenant();
      records[at + 4] = request.length();
      records[at + 5] = request.tier().ordinal();
      records[at + 6] = request.deadlineNanos();
    }
  }

  /** Takes the end of a request that arrived under an arm. */
  void ended(long nowNanos, int service, Outcome outcome, int arm) {
    if (records.length > 0) {
      int at = next();
      records[at] = nowNanos;
      records[at + 1] = END;
      records[at + 2] = service;
      records[at + 3] = outcome.ordinal();
      records[at + 4] = arm;
    }
  }

  /** Takes an execution, as the engine planned it and as it was. */
  void executed(SeenExecution seen) {
    if (records.length > 0) {
      int at = next();
      records[at] = seen.endNanos;
      records[at + 1] = seen.variant;
      records[at + 2] = seen.rows;
      records[at + 3] = seen.length;
      records[at + 4] = seen.measuredNanos;
      records[at + 5] = seen.predictedNanos;
      records[at + 6] = Double.doubleToRawLongBits(seen.logResidual);
    }
  }

  private int next() {
    if ((size + 1) * LONGS > records.length) {
      tell();
    }
    return size++ * LONGS;
  }

  /** Tells all watchers. */
  void advance(long nowNanos) {
    tell();
    for (int w = 0; w < watchers.size(); w++) {
      watchers.get(w).advanced(nowNanos);
    }
  }

  /** Tells all watchers that nothing follows. */
  void end(long nowNanos) {
    advance(nowNanos);
    watchers.forEach(PlannerWatcher::ended);
  }

  private void tell() {
    for (int i = 0; i < size; i++) {
      int at = i * LONGS;
      for (int w = 0; w < watchers.size(); w++) {
        tell(watchers.get(w), at);
      }
    }
    size = 0;
  }

  private void tell(PlannerWatcher watcher, int at) {
    if (records[at + 1] == ARRIVAL) {
      arrival.nowNanos = records[at];
      arrival.service = (int) records[at + 2];
      arrival.tenant = (int) records[at + 3];
      arrival.length = (int) records[at + 4];
      arrival.tier = Tier.of((int) records[at + 5]);
      arrival.deadlineNanos = records[at + 6];
      watcher.arrived(arrival);
      return;
    }
    if (records[at + 1] == END) {
      Outcome outcome = OUTCOMES[(int) records[at + 3]];
      watcher.ended(records[at], (int) records[at + 2], outcome, (int) records[at + 4]);
      return;
    }
    execution.endNanos = records[at];
    execution.variant = (int) records[at + 1];
    execution.rows = (int) records[at + 2];
    execution.length = (int) records[at + 3];
    execution.measuredNanos = records[at + 4];
    execution.predictedNanos = records[at + 5];
    execution.logResidual = Double.longBitsToDouble(records[at + 6]);
    watcher.executed(execution);
  }
}
