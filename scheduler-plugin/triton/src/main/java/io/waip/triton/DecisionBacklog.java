package io.waip.triton;

import io.waip.nativebridge.rings.DecideWriter;
import java.util.Arrays;

/**
 * Decisions on their way to a channel's dispatcher. They leave at the end of each turn of the loop;
 * where the ring is full they wait here, so that the loop never waits for the front. A queue that
 * doubles when it is longer than ever before. Confined to the planner's thread.
 */
final class DecisionBacklog {
  private static final int FIRST_RECORDS = 256;
  private static final int LONGS = 5;
  private static final long REFUSED = -1;

  private long[] records = new long[FIRST_RECORDS * LONGS];
  private int head;
  private int size;

  void dispatch(long requestId, int variant, long dispatch, int members, int paddedLength) {
    add(requestId, variant, dispatch, members, paddedLength);
  }

  void refuse(long requestId, int reason, int outcome, long retryAfterNanos) {
    add(requestId, REFUSED, retryAfterNanos, reason, outcome);
  }

  private void add(long id, long variant, long third, long fourth, long fifth) {
    if ((size + 1) * LONGS > records.length) {
      grow();
    }
    int at = (head + size) * LONGS % records.length;
    records[at] = id;
    records[at + 1] = variant;
    records[at + 2] = third;
    records[at + 3] = fourth;
    records[at + 4] = fifth;
    size++;
  }

  private void grow() {
    long[] larger = Arrays.copyOf(records, records.length * 2);
    // What had wrapped around goes behind what had not.
    System.arraycopy(records, 0, larger, records.length, head * LONGS);
    records = larger;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Writes what the ring takes; returns how many. */
  int flush(long nowNanos, DecideWriter ring) {
    int written = 0;
    while (size > 0 && ring.isWritable()) {
      int at = head * LONGS;
      long id = records[at];
      ring.request(SlotBook.slotOf(id), SlotBook.generationOf(id));
      if (records[at + 1] == REFUSED) {
        ring.refused((int) records[at + 3], (int) records[at + 4], records[at + 2]);
      } else {
        ring.dispatched((int) records[at + 1], records[at + 2])
            .shape((int) records[at + 3], (int) records[at + 4]);
      }
      ring.publish(nowNanos);
      head = (head + 1) % (records.length / LONGS);
      size--;
      written++;
    }
    return written;
  }
}
