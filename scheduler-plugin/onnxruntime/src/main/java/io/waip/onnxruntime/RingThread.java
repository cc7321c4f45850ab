package io.waip.onnxruntime;

import java.util.function.Consumer;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * A thread that takes items from a ring one by one, in order, and parks when there is none.
 *
 * <p>One thread offers. {@link #close} lets it finish what it was given.
 */
final class RingThread<T> implements AutoCloseable {
  private final SpscAtomicArrayQueue<T> ring;
  private final Doorbell bell = new Doorbell();
  private final Consumer<T> consumer;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Starts the thread.
   *
   * @param capacity most items waiting, {@code >= 1}
   * @param consumer runs on the thread; must not throw
   */
  RingThread(String name, int capacity, Consumer<T> consumer) {
    ring = new SpscAtomicArrayQueue<>(Math.max(2, capacity));
    this.consumer = consumer;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Hands over an item.
   *
   * @throws IllegalStateException if the ring is full, which its owner rules out by its size
   */
  void offer(T item) {
    if (!ring.offer(item)) {
      throw new IllegalStateException("ring of " + thread.getName() + " is full");
    }
    bell.ring();
  }

  private void run() {
    while (true) {
      boolean last = closing;
      T item = ring.poll();
      if (item != null) {
        consumer.accept(item);
      } else if (last) {
        return;
      } else {
        bell.await(Long.MAX_VALUE, () -> closing || !ring.isEmpty());
      }
    }
  }

  /** Waits until everything handed over is consumed and ends the thread. */
  @Override
  public void close() {
    closing = true;
    bell.ring();
    Threads.join(thread);
  }
}
