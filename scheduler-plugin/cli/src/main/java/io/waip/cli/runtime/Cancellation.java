package io.waip.cli.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cooperative end of the running command. A signal requests it; the command sees the request, stops
 * taking new work, accounts for what is in flight, prints what it has and returns; the process ends
 * when the command is done or the grace is over.
 *
 * <p>Any thread may request, ask, wait or register. Callbacks run once, in registration order, on
 * the thread that requests, or on the registering thread when the request came before.
 */
public final class Cancellation {

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Object lock = new Object();

  /** Null once cancellation was requested; guarded by {@link #lock}. */
  private @Nullable Queue<Runnable> callbacks = new ArrayDeque<>();

  /** Requests the end; further calls do nothing. Returns after all callbacks ran. */
  public void request() {
    Queue<Runnable> toRun;
    synchronized (lock) {
      if (callbacks == null) {
        return;
      }
      toRun = callbacks;
      callbacks = null;
      requested.countDown();
    }
    toRun.forEach(Runnable::run);
  }

  /** Whether the end was requested. A volatile read. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Registers a callback that wakes what polling would find too late. It must be short, must not
   * throw and may run while the command still works.
   */
  public void onRequest(Runnable callback) {
    synchronized (lock) {
      if (callbacks != null) {
        callbacks.add(callback);
        return;
      }
    }
    callback.run();
  }

  /**
   * Waits until the end is requested or the time is over: the sleep of a command's main loop.
   *
   * @return true when the end was requested
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean await(Duration time) throws InterruptedException {
    return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Says that the command is done and nothing of it runs any more. */
  void finish() {
    finished.countDown();
  }

  /** Waits until {@link #finish} was called; false when the time was over before. */
  boolean awaitFinish(Duration time) throws InterruptedException {
    return finished.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
