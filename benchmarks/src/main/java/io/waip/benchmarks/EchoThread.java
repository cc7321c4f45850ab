package io.waip.benchmarks;

import java.util.Queue;

/**
 * A thread that takes every element of one queue and puts it into another, spinning. Started by
 * {@link #start}; ended and joined by {@link #close}.
 */
final class EchoThread implements AutoCloseable {
  private final Queue<Long> requests;
  private final Queue<Long> replies;
  private final Thread thread = new Thread(this::run, "echo");
  private volatile boolean running = true;

  private EchoThread(Queue<Long> requests, Queue<Long> replies) {
    this.requests = requests;
    this.replies = replies;
  }

  static EchoThread start(Queue<Long> requests, Queue<Long> replies) {
    EchoThread echo = new EchoThread(requests, replies);
    echo.thread.setDaemon(true);
    echo.thread.start();
    return echo;
  }

  private void run() {
    while (running) {
      Long message = requests.poll();
      if (message == null) {
        Thread.onSpinWait();
      } else {
        replies.add(message);
      }
    }
  }

  /** Ends the thread and waits for it; an interrupt meanwhile stays set. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
