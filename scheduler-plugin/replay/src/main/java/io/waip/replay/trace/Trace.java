package io.waip.replay.trace;

import io.waip.api.Tier;
import java.util.List;

/**
 * Arrivals as recorded, with what else the file says of each. Times start at the first arrival and
 * never decrease. Immutable.
 */
public final class Trace {
  private static final String DEFAULT_TENANT = "default";

  private final long[] arrivalNanos;
  private final int[] lengths;
  private final int[] outputLengths;
  private final int[] tenants;
  private final byte[] tiers;
  private final List<String> tenantNames;
  private final long[] boundNanos;

  /** Copies the columns, of which there are two different arrival times at least. */
  Trace(TraceColumns columns) {
    arrivalNanos = columns.arrivals();
    lengths = columns.lengths();
    outputLengths = columns.outputLengths();
    tenants = columns.tenants();
    tiers = columns.tiers();
    boundNanos = columns.bounds();
    tenantNames =
        tenants.length == 0 ? List.of(DEFAULT_TENANT) : List.copyOf(columns.tenantNames());
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

  /** Says whether the trace knows the lengths of answers. */
  public boolean hasOutputLengths() {
    return outputLengths.length > 0;
  }

  /**
   * Returns the length of the answer to request {@code i}, {@code >= 0}; 0 is an answer that
   * failed.
   *
   * @throws ArrayIndexOutOfBoundsException if the trace has none
   */
  public int outputLength(int i) {
    return outputLengths[i];
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

  /** Returns the tier of request {@code i}; interactive where the trace knows none. */
  public Tier tier(int i) {
    return tiers.length == 0 ? Tier.INTERACTIVE : Tier.of(tiers[i]);
  }

  /** Returns the tenant of request {@code i}, an index into {@link #tenantNames}. */
  public int tenant(int i) {
    return tenants.length == 0 ? 0 : tenants[i];
  }

  /** Returns the tenants in order of appearance, at least one. */
  public List<String> tenantNames() {
    return tenantNames;
  }
}
