package io.waip.replay.trace;

import io.waip.api.Tier;
import java.util.List;

/**
 * Arrivals as recorded, with what else the file says of each. Times start at the first arrival and
 * never decrease. Immutable.
 */
public final class Trace {
  private final long[] arrivalNanos;
  private final int[] lengths;
  private final int[] tenants;
  private final byte[] tiers;
  private final List<String> tenantNames;
  private final long[] boundNanos;

  /**
   * Copies the columns.
   *
   * @param arrivalNanos one for each request, never decreasing
   * @param lengths as many, or none where the trace has no lengths
   * @param tenants indices into {@code tenantNames}
   * @param tiers ordinals of {@link Tier}
   */
  Trace(long[] arrivalNanos, int[] lengths, int[] tenants, byte[] tiers, List<String> tenantNames) {
    this.arrivalNanos = new long[arrivalNanos.length];
    for (int i = 0; i < arrivalNanos.length; i++) {
      this.arrivalNanos[i] = arrivalNanos[i] - arrivalNanos[0];
    }
    this.lengths = lengths.clone();
    this.tenants = tenants.clone();
    this.tiers = tiers.clone();
    this.tenantNames = List.copyOf(tenantNames);
    boundNanos = new long[0];
  }

  private Trace(Trace from, long[] boundNanos) {
    arrivalNanos = from.arrivalNanos;
    lengths = from.lengths;
    tenants = from.tenants;
    tiers = from.tiers;
    tenantNames = from.tenantNames;
    this.boundNanos = boundNanos;
  }

  /**
   * Returns this trace with a bound for each request.
   *
   * @param nanos from arrival to answer, {@code > 0}
   */
  Trace withBounds(long[] nanos) {
    return new Trace(this, nanos.clone());
  }

  /** Returns the number of requests, {@code >= 2}. */
  public int size() {
    return arrivalNanos.length;
  }

  /** Returns all arrival times, nanoseconds from the first; a copy. */
  public long[] arrivalNanos() {
    return arrivalNanos.clone();
  }

  /** Says whether the trace knows lengths. */
  public boolean hasLengths() {
    return lengths.length > 0;
  }

  /** Returns the length of request {@code i}, {@code >= 1}; 1 where the trace knows none. */
  public int length(int i) {
    return hasLengths() ? lengths[i] : 1;
  }

  /** Says whether the trace bounds the time to answer each request. */
  public boolean hasBounds() {
    return boundNanos.length > 0;
  }

  /**
   * Returns the bound from arrival to answer of request {@code i}, nanoseconds, {@code > 0}.
   *
   * @throws ArrayIndexOutOfBoundsException if the trace has none
   */
  public long boundNanos(int i) {
    return boundNanos[i];
  }

  /** Returns the tier of request {@code i}. */
  public Tier tier(int i) {
    return Tier.of(tiers[i]);
  }

  /** Returns the tenant of request {@code i}, an index into {@link #tenantNames}. */
  public int tenant(int i) {
    return tenants[i];
  }

  /** Returns the tenants in order of appearance, at least one. */
  public List<String> tenantNames() {
    return tenantNames;
  }
}
