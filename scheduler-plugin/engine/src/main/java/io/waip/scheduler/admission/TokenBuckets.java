package io.waip.scheduler.admission;

import java.util.Arrays;

/**
 * Token buckets, full at the start; one token for each request.
 *
 * <p>Single writer; allocates nothing after construction.
 */
final class TokenBuckets {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The clock may start anywhere, also below zero; a full bucket needs no refill. */
  private static final long NEVER = Long.MIN_VALUE;

  private final double[] tokensPerNano;
  private final double[] burst;
  private final double[] tokens;
  private final long[] refilledNanos;

  /**
   * Creates full buckets.
   *
   * @param perSecond refill of each, {@code > 0}; infinite for a bucket that is never empty
   * @param burst most tokens in each, {@code >= 1}
   */
  TokenBuckets(double[] perSecond, double[] burst) {
    tokensPerNano = Arrays.stream(perSecond).map(rate -> rate / NANOS_PER_SECOND).toArray();
    this.burst = burst.clone();
    tokens = burst.clone();
    refilledNanos = new long[burst.length];
    Arrays.fill(refilledNanos, NEVER);
  }

  /**
   * Changes the refill of a bucket and the most tokens in it; what it holds beyond that is lost.
   */
  void change(int bucket, double perSecond, double most) {
    tokensPerNano[bucket] = perSecond / NANOS_PER_SECOND;
    burst[bucket] = most;
    tokens[bucket] = Math.min(tokens[bucket], most);
  }

  /** Takes a token; returns 0, or where there is none the nanoseconds until there is one. */
  long take(long nowNanos, int bucket) {
    if (tokensPerNano[bucket] == Double.POSITIVE_INFINITY) {
      return 0;
    }
    if (refilledNanos[bucket] != NEVER) {
      double refill = (nowNanos - refilledNanos[bucket]) * tokensPerNano[bucket];
      tokens[bucket] = Math.min(burst[bucket], tokens[bucket] + refill);
    }
    refilledNanos[bucket] = nowNanos;
    if (tokens[bucket] >= 1) {
      tokens[bucket]--;
      return 0;
    }
    return (long) Math.ceil((1 - tokens[bucket]) / tokensPerNano[bucket]);
  }
}
