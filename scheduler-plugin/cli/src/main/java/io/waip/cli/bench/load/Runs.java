package io.waip.cli.bench.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The three shapes of a run, on the calling thread. */
final class Runs {
  private static final int WAIT_MILLIS = 20;

  private Runs() {}

  /** Warms up this process and the way to each arm: so many calls, one at a time. */
  static void warmUp(Sender sender, int arms, int calls, Stop stop) throws InterruptedException {
    Semaphore ended = new Semaphore(0);
    for (int i = 0; i < calls * arms; i++) {
      sender.warmUp(i % arms, ended::release);
      if (!await(ended, stop)) {
        return;
      }
    }
  }

  /** Waits for an end; false when the run ended before. */
  private static boolean await(Semaphore ended, Stop stop) throws InterruptedException {
    while (!ended.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stop.isDue(0)) {
        return false;
      }
    }
    return true;
  }

  /** Open loop: each request is sent at its time, whatever became of those before. */
  static void open(Sender sender, Arrivals arrivals, Stop stop) {
    long start = System.nanoTime();
    while (!stop.isDue(sender.ledger().sent())) {
      long intended = start + arrivals.nextNanos();
      if (!stop.sleepUntil(intended)) {
        return;
      }
      sender.send(0, intended, () -> {});
    }
  }

  /** Closed loop: a fixed number under way at all times, which is how a capacity is found. */
  static void closed(Sender sender, int concurrency, Stop stop) throws InterruptedException {
    Semaphore free = new Semaphore(concurrency);
    while (!stop.isDue(sender.ledger().sent())) {
      free.acquire();
      sender.send(0, System.nanoTime(), free::release);
    }
  }

  /**
   * Pairs: one request at a time, at a fixed pace, to the two arms in the order ABBA, so that a
   * drift of the machine falls on both alike.
   *
   * @param paceNanos from one request's time to the next
   */
  static void pairs(Sender sender, int pairs, long paceNanos, Stop stop)
      throws InterruptedException {
    Semaphore ended = new Semaphore(0);
    long next = System.nanoTime();
    for (int i = 0; i < 2 * pairs && !stop.isDue(i); i++) {
      next = Math.max(next + paceNanos, System.nanoTime());
      if (!stop.sleepUntil(next)) {
        return;
      }
      sender.send(pairArm(i), next, ended::release);
      if (!await(ended, stop)) {
        return;
      }
    }
  }

  /** 0 1 1 0 0 1 1 0 ... */
  static int pairArm(int request) {
    return ((request + 1) / 2) % 2;
  }
}
