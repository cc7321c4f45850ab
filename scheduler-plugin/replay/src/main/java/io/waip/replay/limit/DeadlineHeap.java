package io.waip.replay.limit;

import java.util.Arrays;

/** A binary heap of longs, least first; entries are keys of the caller's making. */
final class DeadlineHeap {
  private long[] keys = new long[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  long least() {
    return keys[0];
  }

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    int at = size++;
    while (at > 0 && keys[(at - 1) >>> 1] > key) {
      keys[at] = keys[(at - 1) >>> 1];
      at = (at - 1) >>> 1;
    }
    keys[at] = key;
  }

  void removeLeast() {
    long key = keys[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = key;
  }
}
