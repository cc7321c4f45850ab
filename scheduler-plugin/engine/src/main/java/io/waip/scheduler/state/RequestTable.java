package io.waip.scheduler.state;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import org.agrona.collections.Long2LongHashMap;

/**
 * All requests that have not ended, one slot each, as a structure of arrays.
 *
 * <p>A slot is taken by {@link #add} and given back by {@link #release}. Everything is allocated by
 * the constructor; nothing afterwards. Single writer.
 */
public final class RequestTable {
  /** The slot of a request that is not here. */
  public static final int NONE = -1;

  private static final float LOAD_FACTOR = 0.55f;

  private final long[] requestId;
  private final long[] arrivalNanos;
  private final long[] deadlineNanos;
  private final long[] orderKey;
  private final long[] sequence;
  private final long[] endpoints;
  private final int[] service;
  private final int[] tenant;
  private final int[] length;
  private final byte[] tier;
  private final double[] qualityFloor;
  private final double[] work;
  private final long[] dispatchId;
  private final boolean[] ended;
  private final int[] free;
  private final Long2LongHashMap slotOf;
  private int freeCount;
  private long nextSequence;

  /**
   * Allocates a table.
   *
   * @param capacity most requests at once, queued and in flight, {@code >= 1}
   */
  public RequestTable(int capacity) {
    requestId = new long[capacity];
    arrivalNanos = new long[capacity];
    deadlineNanos = new long[capacity];
    orderKey = new long[capacity];
    sequence = new long[capacity];
    endpoints = new long[capacity];
    service = new int[capacity];
    tenant = new int[capacity];
    length = new int[capacity];
    tier = new byte[capacity];
    qualityFloor = new double[capacity];
    work = new double[capacity];
    dispatchId = new long[capacity];
    ended = new boolean[capacity];
    free = new int[capacity];
    slotOf = new Long2LongHashMap((int) (capacity / LOAD_FACTOR) + 1, LOAD_FACTOR, NONE);
    freeCount = capacity;
    for (int i = 0; i < capacity; i++) {
      free[i] = capacity - 1 - i;
    }
  }

  /**
   * Takes a slot for a request.
   *
   * @param key sort key inside its flow
   * @param allowedEndpoints bit {@code e} set where endpoint {@code e} may run it
   * @param workNanos device time of the request at an efficient batch, {@code > 0}
   * @return the slot
   */
  public int add(RequestDescriptor request, long key, long allowedEndpoints, double workNanos) {
    int slot = free[--freeCount];
    requestId[slot] = request.requestId();
    arrivalNanos[slot] = request.arrivalNanos();
    deadlineNanos[slot] = request.deadlineNanos();
    orderKey[slot] = key;
    sequence[slot] = nextSequence++;
    endpoints[slot] = allowedEndpoints;
    service[slot] = request.service();
    tenant[slot] = request.tenant();
    length[slot] = request.length();
    tier[slot] = (byte) request.tier().ordinal();
    qualityFloor[slot] = request.qualityFloor();
    work[slot] = workNanos;
    dispatchId[slot] = 0;
    ended[slot] = false;
    slotOf.put(requestId[slot], slot);
    return slot;
  }

  /** Gives a slot back; the request must have ended. */
  public void release(int slot) {
    if (!ended[slot]) {
      slotOf.remove(requestId[slot]);
    }
    free[freeCount++] = slot;
  }

  /** Says whether every slot is taken. */
  public boolean isFull() {
    return freeCount == 0;
  }

  /** Returns the number of requests in the table. */
  public int size() {
    return free.length - freeCount;
  }

  /** Returns the slot of a request, or {@link #NONE}. */
  public int slotOf(long id) {
    return (int) slotOf.get(id);
  }

  /** Marks a running request as part of a batch. */
  public void dispatched(int slot, long batchDispatchId) {
    dispatchId[slot] = batchDispatchId;
  }

  /** Returns the batch a request runs in, or 0 while it is queued. */
  public long dispatchId(int slot) {
    return dispatchId[slot];
  }

  /** Marks a running request as ended before its batch; its id may be used again. */
  public void endEarly(int slot) {
    ended[slot] = true;
    slotOf.remove(requestId[slot]);
  }

  /** Says whether a running request ended before its batch. */
  public boolean hasEnded(int slot) {
    return ended[slot];
  }

  /** Returns the driver's id. */
  public long requestId(int slot) {
    return requestId[slot];
  }

  /** Returns the intended send time, nanoseconds. */
  public long arrivalNanos(int slot) {
    return arrivalNanos[slot];
  }

  /** Returns the absolute deadline, nanoseconds, or {@link RequestDescriptor#NO_DEADLINE}. */
  public long deadlineNanos(int slot) {
    return deadlineNanos[slot];
  }

  /** Returns the sort key inside the flow. */
  public long orderKey(int slot) {
    return orderKey[slot];
  }

  /** Returns the arrival number, which breaks ties of the sort key. */
  public long sequence(int slot) {
    return sequence[slot];
  }

  /** Returns the mask of endpoints that may run it. */
  public long endpoints(int slot) {
    return endpoints[slot];
  }

  /** Returns the service index. */
  public int service(int slot) {
    return service[slot];
  }

  /** Returns the tenant index. */
  public int tenant(int slot) {
    return tenant[slot];
  }

  /** Returns the length in elements. */
  public int length(int slot) {
    return length[slot];
  }

  /** Returns the tier. */
  public Tier tier(int slot) {
    return Tier.of(tier[slot]);
  }

  /** Returns the least acceptable quality. */
  public double qualityFloor(int slot) {
    return qualityFloor[slot];
  }

  /** Returns the device time of the request at an efficient batch, nanoseconds. */
  public double work(int slot) {
    return work[slot];
  }
}
