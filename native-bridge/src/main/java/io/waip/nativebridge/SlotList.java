package io.waip.nativebridge;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Free list of the slots {@code 0 .. slots-1}, lock-free, for any number of threads; allocates
 * nothing.
 *
 * <p>A stack linked through {@code next} (R. K. Treiber, "Systems Programming: Coping with
 * Parallelism", IBM RJ 5118, 1986). The head packs a change count above the top slot, so that a
 * head seen before another thread took and returned the same slot is not mistaken for the present
 * one.
 */
final class SlotList {
  static final int NONE = -1;
  private static final int HELD = -2;

  private final AtomicLong head = new AtomicLong();
  private final AtomicIntegerArray next;

  SlotList(int slots) {
    next = new AtomicIntegerArray(slots);
    for (int slot = 0; slot < slots; slot++) {
      next.set(slot, slot + 1 < slots ? slot + 1 : NONE);
    }
    head.set(pack(0, slots > 0 ? 0 : NONE));
  }

  /** Takes a slot, or returns {@link #NONE}. */
  int acquire() {
    while (true) {
      long seen = head.get();
      int slot = top(seen);
      if (slot == NONE) {
        return NONE;
      }
      int below = next.get(slot);
      if (below != HELD && head.compareAndSet(seen, pack(changes(seen) + 1, below))) {
        next.set(slot, HELD);
        return slot;
      }
    }
  }

  /** Gives a held slot back; false if it was not held. */
  boolean release(int slot) {
    long seen = head.get();
    if (!next.compareAndSet(slot, HELD, top(seen))) {
      return false;
    }
    while (!head.compareAndSet(seen, pack(changes(seen) + 1, slot))) {
      seen = head.get();
      next.set(slot, top(seen));
    }
    return true;
  }

  boolean isHeld(int slot) {
    return slot >= 0 && slot < next.length() && next.get(slot) == HELD;
  }

  int held() {
    int held = 0;
    for (int slot = 0; slot < next.length(); slot++) {
      held += next.get(slot) == HELD ? 1 : 0;
    }
    return held;
  }

  int slots() {
    return next.length();
  }

  /** Upper 32 bits: changes, wrapping; lower 32 bits: top slot. */
  private static long pack(int changes, int slot) {
    return ((long) changes << 32) | (slot & 0xffff_ffffL);
  }

  private static int changes(long head) {
    return (int) (head >>> 32);
  }

  private static int top(long head) {
    return (int) head;
  }
}
