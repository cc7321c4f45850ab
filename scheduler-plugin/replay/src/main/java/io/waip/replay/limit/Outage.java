package io.waip.replay.limit;

/**
 * A stretch of time in which some workers of a class run nothing.
 *
 * @param fromNanos first moment, included
 * @param untilNanos last moment, excluded; after {@code fromNanos}
 * @param workers how many are down, {@code >= 1}
 */
public record Outage(long fromNanos, long untilNanos, int workers) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if nothing is down or the stretch is empty
   */
  public Outage {
    if (workers < 1 || untilNanos <= fromNanos) {
      throw new IllegalArgumentException(
          "an outage needs workers >= 1 and an end after its start, has %d in [%d, %d) ns"
              .formatted(workers, fromNanos, untilNanos));
    }
  }
}
