package io.waip.scheduler.queue;

import io.waip.scheduler.state.RequestTable;

/**
 * Queued requests of one flow in order of sort key, then arrival.
 *
 * <p>A sorted ring of slots. Insertion is O(1) where keys arrive in order, as deadlines of one
 * objective do, else O(log size) compares and O(distance) moves; removal of a prefix's members is
 * O(prefix). Grows by doubling, so that nothing is allocated once the longest queue has been seen.
 * Single writer.
 */
final class FlowQueue {
  private static final int FIRST_CAPACITY = 64;

  private final RequestTable table;
  private int[] ring = new int[FIRST_CAPACITY];
  private int head;
  private int size;

  FlowQueue(RequestTable table) {
    this.table = table;
  }

  int size() {
    return size;
  }

  /** Returns the slot at a position from the head, {@code [0, size())}. */
  int get(int position) {
    return ring[(head + position) & (ring.length - 1)];
  }

  void insert(int slot) {
    if (size == ring.length) {
      grow();
    }
    int position = insertionPoint(slot);
    for (int i = size++; i > position; i--) {
      set(i, get(i - 1));
    }
    set(position, slot);
  }

  private int insertionPoint(int slot) {
    if (size == 0 || !before(slot, get(size - 1))) {
      return size;
    }
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before(slot, get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Removes one request.
   *
   * @return false if it is not here
   */
  boolean remove(int slot) {
    int position = find(slot);
    if (position < 0) {
      return false;
    }
    if (position < size / 2) {
      for (int i = position; i > 0; i--) {
        set(i, get(i - 1));
      }
      head = (head + 1) & (ring.length - 1);
    } else {
      for (int i = position; i < size - 1; i++) {
        set(i, get(i + 1));
      }
    }
    size--;
    return true;
  }

  int removeHead() {
    int slot = get(0);
    head = (head + 1) & (ring.length - 1);
    size--;
    return slot;
  }

  /** Removes the {@code count} requests nearest the head that run; keeps the others' order. */
  void removeDispatched(int count) {
    int prefix = 0;
    for (int found = 0; found < count; prefix++) {
      if (isDispatched(prefix)) {
        found++;
      }
    }
    int kept = prefix;
    for (int i = prefix - 1; i >= 0; i--) {
      if (!isDispatched(i)) {
        set(--kept, get(i));
      }
    }
    head = (head + kept) & (ring.length - 1);
    size -= kept;
  }

  private boolean isDispatched(int position) {
    return table.dispatchId(get(position)) != 0;
  }

  private int find(int slot) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int other = get(middle);
      if (other == slot) {
        return middle;
      }
      if (before(other, slot)) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private boolean before(int first, int second) {
    int byKey = Long.compare(table.orderKey(first), table.orderKey(second));
    return byKey != 0 ? byKey < 0 : table.sequence(first) < table.sequence(second);
  }

  private void set(int position, int slot) {
    ring[(head + position) & (ring.length - 1)] = slot;
  }

  private void grow() {
    int[] larger = new int[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = get(i);
    }
    ring = larger;
    head = 0;
  }
}
