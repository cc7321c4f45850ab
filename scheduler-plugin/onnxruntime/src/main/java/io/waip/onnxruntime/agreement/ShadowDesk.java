package io.waip.onnxruntime.agreement;

import io.waip.api.agreement.AgreementRule;
import io.waip.scheduler.plan.agreement.ExecutionSampler;
import io.waip.scheduler.plan.agreement.QualityDesk;
import io.waip.scheduler.plan.agreement.QualityListener;
import io.waip.scheduler.plan.agreement.VariantQuality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares drawn answers of a service's variants with the reference while nothing else runs.
 *
 * <p>Whoever executes batches tells when one {@link #started} and {@link #ended}, and shows it in
 * between with {@link #served}. A drawn answer is copied and waits, with at most {@value #CAPACITY}
 * others; more are dropped, whatever they say. A thread of its own takes them in order while no
 * execution is under way. An execution that starts stops the comparison that runs, which is tried
 * again later: a request shares the device with it for as long as the runtime takes to give up
 * between two operators.
 *
 * <p>Any thread. Fails open: what goes wrong with a comparison is counted and touches no request.
 */
public final class ShadowDesk implements AutoCloseable {
  /** Most answers that wait. */
  public static final int CAPACITY = 64;

  /** Runs of one comparison that may be stopped before it is dropped. */
  static final int TRIES = 16;

  private final AgreementRule rule;
  private final List<ComparedModel> models;
  private final ExecutionSampler sampler;
  private final QualityListener listener;
  private final ExecutorService thread;

  // Guarded by lock, as is the desk.
  private final Object lock = new Object();
  private final QualityDesk desk;
  private final Deque<Comparison> pending = new ArrayDeque<>();
  private final List<Consumer<QualityListener>> news = new ArrayList<>();
  private @Nullable Comparison current;
  private boolean stopping;
  private boolean closing;
  private int running;
  private long compared;
  private long dropped;
  private long stopped;
  private long failed;
  private String lastFailure = "";

  /**
   * Starts the thread.
   *
   * @param names of the variants, the reference first
   * @param models one for each; closed with this
   * @param listener told on the thread of comparisons
   * @throws IllegalArgumentException if there are not as many models as names, or none
   */
  public ShadowDesk(
      AgreementRule rule,
      List<String> names,
      List<? extends ComparedModel> models,
      QualityListener listener) {
    if (names.size() != models.size()) {
      throw new IllegalArgumentException(
          "%d names for %d models".formatted(names.size(), models.size()));
    }
    this.rule = rule;
    this.models = List.copyOf(models);
    this.listener = listener;
    sampler = new ExecutionSampler(rule.seed(), rule.sample());
    desk = new QualityDesk(names, rule.risk(), new Noted());
    thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("waip-agreement").daemon().factory());
    thread.execute(this::run);
  }

  /** Notes events, which are told when the lock is free. */
  private final class Noted implements QualityListener {
    @Override
    public void left(VariantQuality variant) {
      news.add(told -> told.left(variant));
    }

    @Override
    public void mayReturn(VariantQuality variant) {
      news.add(told -> told.mayReturn(variant));
    }
  }

  /** An execution begins; a comparison that runs gives way. */
  public void started() {
    synchronized (lock) {
      running++;
      if (current != null && !stopping) {
        stopping = true;
        models.get(current.other).stop();
      }
    }
  }

  /** An execution that {@link #started} has ended in whatever way. */
  public void ended() {
    synchronized (lock) {
      running--;
      lock.notifyAll();
    }
  }

  /**
   * Takes an execution that went well. Copies one answer of it with its inputs, if it is drawn.
   *
   * @param batch valid during the call
   */
  public void served(ServedBatch batch) {
    int row = sampler.row(batch.id(), batch.rows());
    int variant;
    synchronized (lock) {
      desk.served(batch.variant(), batch.rows());
      variant = batch.variant() == 0 ? desk.candidate() : batch.variant();
      if (row == ExecutionSampler.NONE || variant == QualityDesk.NONE || isFull()) {
        return;
      }
    }
    try {
      Comparison drawn = new Comparison(batch, row, variant);
      synchronized (lock) {
        if (!isFull()) {
          pending.add(drawn);
          lock.notifyAll();
        }
      }
    } catch (RuntimeException e) {
      synchronized (lock) {
        fail(e);
      }
    }
  }

  private boolean isFull() {
    boolean full = pending.size() >= CAPACITY;
    dropped += full ? 1 : 0;
    return full;
  }

  private void run() {
    try {
      while (true) {
        Comparison next = next();
        if (next == null) {
          return;
        }
        compare(next);
        tell();
      }
    } catch (InterruptedException e) {
      // The thread that closes this was interrupted, and does not wait.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for an idle moment; returns null at the end. */
  private @Nullable Comparison next() throws InterruptedException {
    synchronized (lock) {
      while (!closing && (running > 0 || pending.isEmpty())) {
        lock.wait();
      }
      if (closing) {
        return null;
      }
      Comparison next = pending.remove();
      current = next;
      stopping = false;
      models.get(next.other).ready();
      return next;
    }
  }

  private void compare(Comparison next) {
    boolean agrees = false;
    Throwable failure = null;
    try {
      agrees = next.agrees(models.get(next.other), rule);
    } catch (Exception | Error e) {
      failure = e;
    }
    synchronized (lock) {
      current = null;
      if (failure == null) {
        compared++;
        desk.compared(next.variant, next.batch, agrees);
      } else if (stopping) {
        tryAgain(next);
      } else {
        fail(failure);
      }
      lock.notifyAll();
    }
  }

  private void tryAgain(Comparison next) {
    stopped++;
    if (closing || next.stopped() == TRIES) {
      dropped++;
    } else if (!isFull()) {
      pending.add(next);
    }
  }

  private void fail(Throwable failure) {
    failed++;
    lastFailure = String.valueOf(failure).lines().findFirst().orElse("");
  }

  private void tell() {
    List<Consumer<QualityListener>> untold;
    synchronized (lock) {
      untold = List.copyOf(news);
      news.clear();
    }
    for (Consumer<QualityListener> event : untold) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        synchronized (lock) {
          fail(e);
        }
      }
    }
  }

  /** Returns what is known of every variant but the reference, in order. */
  public List<VariantQuality> qualities() {
    synchronized (lock) {
      return desk.qualities();
    }
  }

  /**
   * Says what quality of a variant a plan relies on; see {@link QualityDesk#rely}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public void rely(int variant, double quality) {
    synchronized (lock) {
      desk.rely(variant, quality);
    }
  }

  /**
   * Puts a variant that left on trial; see {@link QualityDesk#reset}.
   *
   * @throws IllegalArgumentException if the quality asked for is out of range
   * @throws IllegalStateException if the variant has not left
   */
  public void reset(int variant, double asked) {
    synchronized (lock) {
      desk.reset(variant, asked);
    }
  }

  /** Returns what became of the answers that were drawn. */
  public ComparisonCounts counts() {
    synchronized (lock) {
      return new ComparisonCounts(compared, pending.size(), dropped, stopped, failed, lastFailure);
    }
  }

  /** Waits until no answer waits and none is compared; they are while executions run. */
  public void awaitCompared() throws InterruptedException {
    synchronized (lock) {
      while (!closing && (current != null || !pending.isEmpty())) {
        lock.wait();
      }
    }
  }

  /** Drops what waits, stops the comparison that runs, and frees the models. */
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      dropped += pending.size();
      pending.clear();
      if (current != null) {
        stopping = true;
        models.get(current.other).stop();
      }
      lock.notifyAll();
    }
    thread.close();
    models.forEach(ComparedModel::close);
  }
}
