package io.waip.replay.diagnose;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of a model: as they stand, or what they grew by.
 *
 * @param tallies of requests; what is absent is 0
 * @param batches of executions by rows in the batch, ascending
 * @param inferences rows executed, {@code >= 0}
 * @param lastInferenceMillis when the last request came, milliseconds of the server's clock; 0 for
 *     never
 */
public record Counters(
    Map<Tallied, Tally> tallies,
    Map<Integer, BatchTally> batches,
    long inferences,
    long lastInferenceMillis) {
  /** A model that was just loaded. */
  public static final Counters NONE = new Counters(Map.of(), Map.of(), 0, 0);

  /** Copies the maps. */
  public Counters {
    Map<Tallied, Tally> all = new EnumMap<>(Tallied.class);
    all.putAll(tallies);
    tallies = Collections.unmodifiableMap(all);
    batches = Collections.unmodifiableMap(new TreeMap<>(batches));
  }

  /** Returns one of the tallies. */
  public Tally tally(Tallied of) {
    return tallies.getOrDefault(of, Tally.NONE);
  }

  /** Returns the executions of a batch size. */
  public BatchTally batch(int rows) {
    return batches.getOrDefault(rows, BatchTally.NONE);
  }

  /** Returns what these grew by since then, batch sizes that did not run left out. */
  public Counters minus(Counters before) {
    Map<Tallied, Tally> grown = new EnumMap<>(Tallied.class);
    for (Tallied each : Tallied.values()) {
      grown.put(each, tally(each).minus(before.tally(each)));
    }
    Map<Integer, BatchTally> grownBatches = new TreeMap<>();
    batches.forEach((rows, tally) -> {
      BatchTally more = tally.minus(before.batch(rows));
      if (!more.equals(BatchTally.NONE)) {
        grownBatches.put(rows, more);
      }
    });
    return new Counters(grown, grownBatches, inferences - before.inferences, lastInferenceMillis);
  }

  /** Says whether a counter is negative, or one of then is gone. */
  public static boolean fell(Counters before, Counters now) {
    Counters grown = now.minus(before);
    return grown.inferences < 0
        || grown.tallies.values().stream().anyMatch(Tally::fell)
        || grown.batches.values().stream().anyMatch(BatchTally::fell)
        || !now.batches.keySet().containsAll(before.batches.keySet());
  }

  /** Returns executions of all batch sizes. */
  public long executions() {
    return batches.values().stream().mapToLong(BatchTally::executions).sum();
  }

  /** Returns the time of all executions, nanoseconds. */
  public long busyNanos() {
    return batches.values().stream().mapToLong(BatchTally::nanos).sum();
  }
}
