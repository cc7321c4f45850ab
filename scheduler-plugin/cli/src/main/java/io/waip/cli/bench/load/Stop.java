package io.waip.cli.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The end of a run: its time, its count, or whoever asks for it. Any thread may ask. */
final class Stop {
  private static final long MAX_NAP_NANOS = 20_000_000;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final long endNanos;
  private final int maxCount;

  Stop(long endNanos, int maxCount) {
    this.endNanos = endNanos;
    this.maxCount = maxCount;
  }

  void ask() {
    asked.countDown();
  }

  /** Whether nothing may be sent any more, with {@code sent} requests behind. */
  boolean isDue(int sent) {
    return asked.getCount() == 0 || sent >= maxCount || System.nanoTime() - endNanos >= 0;
  }

  /** Sleeps until a time or, somewhat late, until asked; true when it was slept out. */
  boolean sleepUntil(long nanos) {
    long left;
    while ((left = nanos - System.nanoTime()) > 0) {
      if (asked.getCount() == 0) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, MAX_NAP_NANOS));
    }
    return true;
  }

  /** Waits for the end to be asked for, at most so long. */
  boolean await(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }
}
