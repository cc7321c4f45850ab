package io.waip.replay.trace;

import io.waip.api.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the requests of a trace, one primitive array for each thing that is known of them: 8
 * bytes a request for arrivals and bounds each, 4 for lengths, output lengths and tenants each, 1
 * for tiers; what no request has takes nothing. Single thread.
 *
 * <p>A request is begun with {@link #add}; the other methods say more of the request begun last. A
 * thing is said of all requests or of none.
 */
final class TraceColumns {
  /** Most requests of a trace. */
  static final int MAX_REQUESTS = 10_000_000;

  /** Most tenants of a trace. */
  static final int MAX_TENANTS = 10_000;

  private static final int FIRST_CAPACITY = 1024;

  private final Map<String, Integer> tenantIndices = new HashMap<>();
  private final List<String> tenantNames = new ArrayList<>();
  private int size;
  private long[] arrivalNanos = new long[FIRST_CAPACITY];
  private int[] lengths = new int[0];
  private int[] outputLengths = new int[0];
  private int[] tenants = new int[0];
  private byte[] tiers = new byte[0];
  private long[] boundNanos = new long[0];

  /** Begins a request that has not arrived before the last one. */
  void add(long nanos) {
    if (size == arrivalNanos.length) {
      grow(size + (size >> 1));
    }
    arrivalNanos[size++] = nanos;
  }

  private void grow(int capacity) {
    arrivalNanos = Arrays.copyOf(arrivalNanos, capacity);
    lengths = Arrays.copyOf(lengths, lengths.length == 0 ? 0 : capacity);
    outputLengths = Arrays.copyOf(outputLengths, outputLengths.length == 0 ? 0 : capacity);
    tenants = Arrays.copyOf(tenants, tenants.length == 0 ? 0 : capacity);
    tiers = Arrays.copyOf(tiers, tiers.length == 0 ? 0 : capacity);
    boundNanos = Arrays.copyOf(boundNanos, boundNanos.length == 0 ? 0 : capacity);
  }

  void length(int length) {
    lengths = lengths.length == 0 ? new int[arrivalNanos.length] : lengths;
    lengths[size - 1] = length;
  }

  void outputLength(int length) {
    outputLengths = outputLengths.length == 0 ? new int[arrivalNanos.length] : outputLengths;
    outputLengths[size - 1] = length;
  }

  /** Says whose the request is; false where that would be one tenant too many. */
  boolean tenant(String name) {
    Integer index = tenantIndices.get(name);
    if (index == null) {
      index = tenantNames.size();
      tenantIndices.put(name, index);
      tenantNames.add(name);
    }
    tenants = tenants.length == 0 ? new int[arrivalNanos.length] : tenants;
    tenants[size - 1] = index;
    return tenantNames.size() <= MAX_TENANTS;
  }

  void tier(Tier tier) {
    tiers = tiers.length == 0 ? new byte[arrivalNanos.length] : tiers;
    tiers[size - 1] = (byte) tier.ordinal();
  }

  void boundNanos(long nanos) {
    boundNanos = boundNanos.length == 0 ? new long[arrivalNanos.length] : boundNanos;
    boundNanos[size - 1] = nanos;
  }

  /** Returns the number of requests. */
  int size() {
    return size;
  }

  /** Says whether no request more may be added. */
  boolean isFull() {
    return size == MAX_REQUESTS;
  }

  /** Returns the exception for a trace that goes on although this is full. */
  static TraceFormatException tooMany(Path file, int line) {
    return new TraceFormatException(
        file,
        line,
        "more than " + MAX_REQUESTS + " requests",
        "at most that many",
        "take a part: the first ones, or those of a shorter time");
  }

  /**
   * Returns the trace; this is not used any more.
   *
   * @throws TraceFormatException if there are no two different arrival times
   */
  Trace trace(Path file) {
    if (size == 0 || arrivalNanos[0] == arrivalNanos[size - 1]) {
      throw new TraceFormatException(
          file,
          0,
          size == 0
              ? "no request arrives in the part asked for"
              : "all arrivals are at one time, so there is no rate",
          "at least two different arrival times",
          "give a longer trace or take more of it");
    }
    return new Trace(this);
  }

  long[] arrivals() {
    long first = arrivalNanos[0];
    long[] nanos = Arrays.copyOf(arrivalNanos, size);
    for (int i = 0; i < size; i++) {
      nanos[i] -= first;
    }
    return nanos;
  }

  int[] lengths() {
    return kept(lengths);
  }

  int[] outputLengths() {
    return kept(outputLengths);
  }

  int[] tenants() {
    return kept(tenants);
  }

  private int[] kept(int[] column) {
    return Arrays.copyOf(column, column.length == 0 ? 0 : size);
  }

  byte[] tiers() {
    return Arrays.copyOf(tiers, tiers.length == 0 ? 0 : size);
  }

  long[] bounds() {
    return Arrays.copyOf(boundNanos, boundNanos.length == 0 ? 0 : size);
  }

  List<String> tenantNames() {
    return tenantNames;
  }
}
