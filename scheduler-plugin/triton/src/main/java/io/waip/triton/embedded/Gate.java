package io.waip.triton.embedded;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps something in use from being closed: calls enter and leave, {@link #close()} shuts the gate
 * and waits until everybody has left.
 *
 * <p>Any thread; entering takes no lock and allocates nothing.
 */
final class Gate {
  /** Set once the gate is shut; far above any count of threads. */
  private static final long SHUT = 1L << 32;

  /** Pause between looks at the count while closing; calls inside are short. */
  private static final long PAUSE_NANOS = 100_000;

  private final String name;
  private final AtomicLong state = new AtomicLong();

  Gate(String name) {
    this.name = name;
  }

  /**
   * Enters; each entry is followed by one {@link #leave()}.
   *
   * @throws IllegalStateException if the gate is shut
   */
  void enter() {
    if (state.incrementAndGet() >= SHUT) {
      state.decrementAndGet();
      throw new IllegalStateException(name + " is closed");
    }
  }

  void leave() {
    state.decrementAndGet();
  }

  /** Shuts the gate and waits for those inside. Returns false if it was shut before. */
  boolean close() {
    long before = state.get();
    while (before < SHUT) {
      if (state.compareAndSet(before, before + SHUT)) {
        while (state.get() != SHUT) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
      }
      before = state.get();
    }
    return false;
  }
}
