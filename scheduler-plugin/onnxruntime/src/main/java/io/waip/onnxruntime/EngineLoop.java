package io.waip.onnxruntime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.Scheduler;
import io.waip.onnxruntime.Answer.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * The thread that owns the scheduler: reports arrivals, completions, cancellations and timers to it
 * and carries out its decisions.
 *
 * <p>{@link #submit}, {@link #cancel}, {@link #close} and the counters are for any thread;
 * everything else runs on the engine thread. The number of requests that were accepted and not yet
 * answered is bounded, and every ring holds that many, so no hand-over can fail.
 *
 * <p>If the scheduler throws, every open request ends as failed and later ones are rejected.
 */
final class EngineLoop implements Decisions, AutoCloseable {
  private static final int EVENTS_PER_TURN = 256;
  private static final int CANCELS_PER_CHUNK = 256;
  private static final long NEVER = Long.MAX_VALUE;

  private final Scheduler scheduler;
  private final LongSupplier clock;
  private final List<String> variants;
  private final List<Worker> workers = new ArrayList<>();
  private final int capacity;
  private final Slots slots;
  private final RowStore store;
  private final MpscAtomicArrayQueue<Submission> submissions;
  private final MpscAtomicArrayQueue<Execution> completions;
  private final MpscUnboundedAtomicArrayQueue<Submission> cancels =
      new MpscUnboundedAtomicArrayQueue<>(CANCELS_PER_CHUNK);
  private final Doorbell bell = new Doorbell();
  private final RingThread<Submission> replies;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLongArray outcomes = new AtomicLongArray(Outcome.values().length);
  private final RequestDescriptor descriptor = new RequestDescriptor();
  private final Thread thread;
  private volatile boolean closing;
  private volatile long drainUntilNanos = NEVER;
  private String fault = "";
  private boolean shutDown;
  private long nowNanos;
  private long wakeNanos = NEVER;

  /**
   * What the loop works with.
   *
   * @param variants names, by variant index
   * @param capacity most requests accepted and not answered, {@code [1, 2^20]}
   * @param maxBatch largest batch of any variant
   */
  record Setting(
      Scheduler scheduler, LongSupplier clock, List<String> variants, int capacity, int maxBatch) {}

  /**
   * Starts the engine, reply and worker threads.
   *
   * @param store keeps the rows of open requests; closed with this loop
   * @param runners one for each worker; closed with this loop
   */
  EngineLoop(Setting setting, RowStore store, List<BatchRunner> runners) {
    this.store = store;
    scheduler = setting.scheduler();
    clock = setting.clock();
    variants = setting.variants();
    capacity = setting.capacity();
    slots = new Slots(capacity);
    submissions = new MpscAtomicArrayQueue<>(Math.max(2, capacity));
    completions = new MpscAtomicArrayQueue<>(Math.max(2, runners.size()));
    replies = new RingThread<>("waip-replies", capacity, this::reply);
    for (int i = 0; i < runners.size(); i++) {
      Execution execution = new Execution(i, setting.maxBatch());
      workers.add(new Worker(execution, runners.get(i), clock, this::completed));
    }
    thread = new Thread(this::run, "waip-engine");
    thread.setDaemon(true);
  }

  /** Starts taking events. */
  void start() {
    thread.start();
  }

  /** Accepts a request; one that cannot be queued ends at once as rejected. */
  void submit(Submission submission) {
    submission.future.accepted(this);
    boolean room = open.incrementAndGet() <= capacity;
    if (closing) {
      reject(submission, Reason.SHUTDOWN);
      return;
    }
    if (!room || !store.hold(submission)) {
      reject(submission, Reason.QUEUE_FULL);
      return;
    }
    if (!submissions.offer(submission)) {
      throw new IllegalStateException("the ring holds fewer requests than may be open");
    }
    bell.ring();
  }

  private void reject(Submission submission, Reason reason) {
    submission.end(clock.getAsLong(), Outcome.REJECTED, reason, 0);
    reply(submission);
  }

  /** Withdraws a request; one that has ended is left alone. */
  void cancel(Submission submission) {
    cancels.offer(submission);
    bell.ring();
  }

  private void completed(Execution execution) {
    if (!completions.offer(execution)) {
      throw new IllegalStateException("more executions ended than there are workers");
    }
    bell.ring();
  }

  private void run() {
    try {
      while (!isDone()) {
        if (turn() == 0) {
          bell.await(waitNanos(), this::hasWork);
        }
      }
    } catch (RuntimeException | Error e) {
      breakDown(e);
    }
  }

  private boolean isDone() {
    return closing && open.get() == 0;
  }

  private int turn() {
    int events = takeSubmissions() + takeCancels() + takeCompletions();
    nowNanos = clock.getAsLong();
    if (nowNanos >= wakeNanos) {
      wakeNanos = NEVER;
      scheduler.timer(nowNanos, this);
      events++;
    }
    if (closing && !shutDown && nowNanos >= drainUntilNanos) {
      shutDown = true;
      scheduler.shutdown(nowNanos, this);
      events++;
    }
    return events;
  }

  private boolean hasWork() {
    return !submissions.isEmpty() || !completions.isEmpty() || !cancels.isEmpty() || isDone();
  }

  private long waitNanos() {
    long until = closing && !shutDown ? Math.min(wakeNanos, drainUntilNanos) : wakeNanos;
    return until == NEVER ? NEVER : until - clock.getAsLong();
  }

  private int takeSubmissions() {
    int taken = 0;
    while (taken < EVENTS_PER_TURN) {
      Submission submission = submissions.poll();
      if (submission == null) {
        break;
      }
      arrive(submission);
      taken++;
    }
    return taken;
  }

  private void arrive(Submission submission) {
    slots.add(submission);
    Submission.Call call = submission.call;
    descriptor
        .reset(submission.requestId, 0, call.tenant())
        .tier(call.tier())
        .length(submission.length)
        .arrivalNanos(call.arrivalNanos())
        .deadlineNanos(call.deadlineNanos())
        .qualityFloor(call.qualityFloor());
    nowNanos = clock.getAsLong();
    submission.queuedNanos = nowNanos;
    scheduler.arrived(nowNanos, descriptor, this);
    if (submission.future.isCancelled()) {
      withdraw(submission);
    }
  }

  private int takeCancels() {
    int taken = 0;
    for (Submission s = cancels.poll(); s != null; s = cancels.poll()) {
      withdraw(s);
      taken++;
    }
    return taken;
  }

  private void withdraw(Submission submission) {
    if (Slots.holds(submission)) {
      nowNanos = clock.getAsLong();
      scheduler.cancelled(nowNanos, submission.requestId, this);
    }
  }

  private int takeCompletions() {
    int taken = 0;
    for (Execution e = completions.poll(); e != null; e = completions.poll()) {
      complete(e);
      taken++;
    }
    return taken;
  }

  private void complete(Execution execution) {
    nowNanos = clock.getAsLong();
    long id = execution.dispatchId();
    long executionNanos = execution.executionNanos();
    Throwable failure = execution.failure();
    for (int i = 0; i < execution.size(); i++) {
      stopped(execution, execution.member(i));
    }
    workers.get(execution.worker).release();
    if (failure == null) {
      scheduler.completed(nowNanos, id, executionNanos, this);
    } else {
      scheduler.failed(nowNanos, id, this);
    }
  }

  /** Writes how a request ran; one that ended meanwhile only gives back its rows. */
  private void stopped(Execution execution, Submission member) {
    member.running = false;
    if (!Slots.holds(member)) {
      store.release(member);
      return;
    }
    Throwable failure = execution.failure();
    if (failure != null) {
      member.failure = Failures.oneLine(failure);
    }
    member.served =
        new Served(
            variants.get(execution.variant()),
            execution.size(),
            execution.paddedLength(),
            member.dispatchedNanos - member.queuedNanos,
            execution.executionNanos());
  }

  @Override
  public void dispatch(Batch batch) {
    Worker worker = workers.get(batch.endpoint());
    Execution execution = worker.open();
    execution.open(batch.dispatchId(), batch.variant(), batch.paddedLength());
    for (int i = 0; i < batch.size(); i++) {
      Submission member = slots.get(batch.requestId(i));
      member.dispatchedNanos = nowNanos;
      member.running = true;
      execution.add(member);
    }
    worker.start();
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    end(slots.get(requestId), outcome, reason, retryAfterNanos);
  }

  private void end(Submission submission, Outcome outcome, Reason reason, long retryAfterNanos) {
    submission.end(nowNanos, outcome, reason, retryAfterNanos);
    slots.remove(submission);
    if (!submission.running) {
      store.release(submission);
    }
    replies.offer(submission);
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
  }

  /**
   * Answers the client; on the reply thread, or on the submitting one for a refusal at the door.
   */
  private void reply(Submission submission) {
    Answer answer = submission.answer();
    outcomes.incrementAndGet(answer.outcome().ordinal());
    if (open.decrementAndGet() == 0 && closing) {
      bell.ring();
    }
    submission.future.complete(answer);
  }

  /** Ends everything after a fault of the scheduler and refuses what still comes. */
  private void breakDown(Throwable cause) {
    fault = "the scheduler failed: " + cause;
    nowNanos = clock.getAsLong();
    slots.forEach(submission -> {
      submission.failure = fault;
      end(submission, Outcome.FAILED, Reason.EXECUTION_ERROR, 0);
    });
    while (!isDone()) {
      Submission submission = submissions.poll();
      if (submission != null) {
        submission.failure = fault;
        store.release(submission);
        submission.end(clock.getAsLong(), Outcome.REJECTED, Reason.NO_ENDPOINT, 0);
        replies.offer(submission);
      } else {
        bell.await(NEVER, () -> !submissions.isEmpty() || isDone());
      }
    }
  }

  /** Returns how many requests ended so. */
  long count(Outcome outcome) {
    return outcomes.get(outcome.ordinal());
  }

  /** Returns the number of requests accepted and not yet answered. */
  int open() {
    return open.get();
  }

  /** Sets how long {@link #close} lets queued requests run. */
  void drainWithin(long nanos) {
    drainUntilNanos = clock.getAsLong() + nanos;
  }

  /**
   * Refuses new requests, serves the queued ones until the drain time has passed, evicts the rest,
   * waits for running batches, and ends the threads.
   */
  @Override
  public void close() {
    closing = true;
    bell.ring();
    Threads.join(thread);
    workers.forEach(Worker::close);
    replies.close();
    store.close();
  }
}
