package io.waip.scheduler.queue;

import io.waip.scheduler.state.RequestTable;

/**
 * Merges the heads of several flows in order of sort key, then arrival.
 *
 * <p>A binary heap over reused arrays; O(log flows) per request; allocates nothing. Used within one
 * event.
 */
final class FlowMerge {
  private final RequestTable table;
  private final FlowQueue[] flows;
  private final int[] heap;
  private final int[] position;
  private int size;

  FlowMerge(RequestTable table, FlowQueue[] flows) {
    this.table = table;
    this.flows = flows;
    heap = new int[flows.length];
    position = new int[flows.length];
  }

  void clear() {
    size = 0;
  }

  /** Adds a flow that has at least one request. */
  void add(int flow) {
    position[flow] = 0;
    int i = size++;
    heap[i] = flow;
    while (i > 0 && before(heap[i], heap[(i - 1) / 2])) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns the next slot and moves on. */
  int next() {
    int flow = heap[0];
    int slot = flows[flow].get(position[flow]++);
    if (position[flow] == flows[flow].size()) {
      heap[0] = heap[--size];
    }
    sink();
    return slot;
  }

  private void sink() {
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], heap[i])) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private boolean before(int first, int second) {
    int slot = flows[first].get(position[first]);
    int otherSlot = flows[second].get(position[second]);
    int byKey = Long.compare(table.orderKey(slot), table.orderKey(otherSlot));
    return byKey != 0 ? byKey < 0 : table.sequence(slot) < table.sequence(otherSlot);
  }

  private void swap(int i, int j) {
    int flow = heap[i];
    heap[i] = heap[j];
    heap[j] = flow;
  }
}
