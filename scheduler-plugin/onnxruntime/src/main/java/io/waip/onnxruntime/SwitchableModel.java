package io.waip.onnxruntime;

import io.waip.nativebridge.rings.ArenaSlot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * A model in as many sessions as batches may run at once, each with threads of its own, which can
 * be exchanged for another number of sessions and threads while batches run.
 *
 * <p>Each session runs one batch at a time; a batch that finds none free waits its turn. Weights
 * are held once for each session. Any number of threads may run batches at once; {@link #resize}
 * and {@link #close} are for one control thread.
 */
public final class SwitchableModel implements SlotRunner {
  private final IntFunction<SlotRunner> opener;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Deque<Session> free = new ArrayDeque<>();
  private int running;
  private int retiring;
  private Sessions inForce;
  private int set;
  private boolean closed;

  /**
   * How many sessions with how many threads.
   *
   * @param threads inside one execution, {@code >= 1}
   * @param instances executions at once, {@code >= 1}
   */
  public record Sessions(int threads, int instances) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Sessions {
      if (threads < 1 || instances < 1) {
        throw new IllegalArgumentException(
            "threads and instances must be >= 1, are %d and %d".formatted(threads, instances));
      }
    }
  }

  /** A session and which set it was opened with, as counted. */
  private record Session(SlotRunner runner, int set) {}

  /**
   * Opens a model's sessions.
   *
   * @param opener makes one with a number of threads, or throws {@link IllegalStateException}
   */
  SwitchableModel(IntFunction<SlotRunner> opener, Sessions first) {
    this.opener = opener;
    inForce = first;
    free.addAll(open(first, 0));
  }

  /**
   * Opens a model in sessions.
   *
   * @param zeroInputs as {@link SlotModel#load(ModelVariant, Set)}
   * @param instances executions at once, {@code >= 1}, each with the variant's threads
   * @throws IllegalStateException if it cannot be loaded
   */
  public static SwitchableModel load(ModelVariant variant, Set<String> zeroInputs, int instances) {
    return new SwitchableModel(
        threads -> SlotModel.load(variant.withIntraOpThreads(threads), zeroInputs),
        new Sessions(variant.intraOpThreads(), instances));
  }

  /** Returns the sessions that batches are given to now. */
  public Sessions sessions() {
    lock.lock();
    try {
      return inForce;
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the model is closed
   */
  @Override
  public void run(ArenaSlot slot) throws Exception {
    Session session = take();
    try {
      session.runner().run(slot);
    } finally {
      giveBack(session);
    }
  }

  private Session take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (free.isEmpty()) {
        if (closed) {
          throw new IllegalStateException("the model is closed");
        }
        changed.await();
      }
      running++;
      return free.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Session session) {
    boolean retired;
    lock.lock();
    try {
      running--;
      retired = session.set() != set;
      if (!retired) {
        free.addLast(session);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (retired) {
      retire(List.of(session));
    }
  }

  /**
   * Opens sessions as wanted, gives all further batches to them, and closes each session before as
   * soon as its batch has ended; returns when all are closed. Meanwhile old batches may run beside
   * new ones, and both sets are in memory. Nothing is done where the sessions are as wanted.
   *
   * @throws IllegalStateException if one cannot be opened, or the model is closed; the sessions
   *     before go on
   * @throws InterruptedException if interrupted while old batches end; the new sessions are in
   *     force, and the old ones still close by themselves
   */
  public void resize(Sessions wanted) throws InterruptedException {
    if (wanted.equals(sessions())) {
      return;
    }
    retire(exchange(wanted, open(wanted, set + 1)));
    lock.lockInterruptibly();
    try {
      while (retiring > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Session> exchange(Sessions wanted, List<Session> opened) {
    lock.lock();
    try {
      List<Session> idle = new ArrayList<>(free);
      free.clear();
      retiring += idle.size() + running;
      inForce = wanted;
      set++;
      free.addAll(opened);
      changed.signalAll();
      return idle;
    } finally {
      lock.unlock();
    }
  }

  private List<Session> open(Sessions wanted, int number) {
    List<Session> opened = new ArrayList<>();
    try {
      for (int i = 0; i < wanted.instances(); i++) {
        opened.add(new Session(opener.apply(wanted.threads()), number));
      }
      return opened;
    } catch (RuntimeException e) {
      opened.forEach(session -> session.runner().close());
      throw e;
    }
  }

  private void retire(List<Session> sessions) {
    try {
      sessions.forEach(session -> session.runner().close());
    } finally {
      lock.lock();
      try {
        retiring -= sessions.size();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Frees the sessions; no batch may be running. Batches are refused from now on. */
  @Override
  public void close() {
    List<Session> last;
    lock.lock();
    try {
      closed = true;
      last = new ArrayList<>(free);
      free.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    last.forEach(session -> session.runner().close());
  }
}
