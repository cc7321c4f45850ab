package io.waip.cli.demo.load;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.Tier;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the load generator saw of each request: when it was sent, how often and how it was answered.
 * Times are nanoseconds from the start of the window.
 *
 * <p>The generator's thread writes what was sent, the server's threads how it ended; the rest is
 * read after every request has ended. The running totals may be read by any thread at any time.
 */
public final class RequestLog {
  private final TextLoad load;
  private final AnswerCheck check;
  private final List<String> variants;
  private final long[] sentNanos;
  private final long[] endNanos;
  private final @Nullable Outcome[] outcomes;
  private final @Nullable Reason[] reasons;
  private final boolean[] wrong;
  private final AtomicIntegerArray answers;
  private final LongAdder good = new LongAdder();
  private final LongAdder interactiveGood = new LongAdder();
  private final LongAdder interactiveEnded = new LongAdder();
  private volatile int sent;

  /** Starts an empty log. */
  RequestLog(TextLoad load, List<String> variants, AnswerCheck check) {
    this.load = load;
    this.check = check;
    this.variants = variants;
    int size = load.size();
    sentNanos = new long[size];
    endNanos = new long[size];
    outcomes = new Outcome[size];
    reasons = new Reason[size];
    wrong = new boolean[size];
    answers = new AtomicIntegerArray(size);
  }

  void sent(int i, long nanos) {
    sentNanos[i] = nanos;
    sent = i + 1;
  }

  void ended(int i, long nanos, Serving.Reply reply) {
    if (answers.getAndIncrement(i) > 0) {
      return;
    }
    endNanos[i] = nanos;
    outcomes[i] = reply.outcome();
    reasons[i] = reply.reason();
    wrong[i] = isServed(i) && !check.isRight(load, i, reply);
    count(i);
  }

  private void count(int i) {
    boolean counts = isGood(i);
    if (counts) {
      good.increment();
    }
    if (load.tier(i) == Tier.INTERACTIVE) {
      interactiveEnded.increment();
      if (counts) {
        interactiveGood.increment();
      }
    }
  }

  /** Returns the requests it is about. */
  public TextLoad load() {
    return load;
  }

  /** Returns the names of the variants, by index. */
  public List<String> variants() {
    return variants;
  }

  /** Returns the number of requests sent so far. */
  public int sent() {
    return sent;
  }

  /** Returns the number of requests answered in time so far. */
  public long good() {
    return good.sum();
  }

  /**
   * Returns the share of ended interactive requests that were answered in time so far; NaN if none
   * ended.
   */
  public double interactiveAttainment() {
    return interactiveGood.sum() / (double) interactiveEnded.sum();
  }

  /** Returns how late a request was sent, nanoseconds. */
  public long sendLagNanos(int i) {
    return sentNanos[i] - load.arrivalNanos(i);
  }

  /** Returns how often a request was answered. */
  public int answers(int i) {
    return answers.get(i);
  }

  /** Returns how a request ended, or null if it was never answered. */
  public @Nullable Outcome outcome(int i) {
    return outcomes[i];
  }

  /** Says whether a request was withdrawn because the run was over, and not shed. */
  public boolean isUnfinished(int i) {
    return outcomes[i] == Outcome.CANCELLED;
  }

  /** Says whether a request failed, or its answer belongs to no or another text. */
  public boolean isError(int i) {
    return wrong[i] || outcomes[i] == Outcome.FAILED;
  }

  /** Says whether the model answered a request. */
  public boolean isServed(int i) {
    return outcomes[i] == Outcome.COMPLETED;
  }

  /** Says whether a request counts as goodput. */
  public boolean isGood(int i) {
    return outcomes[i] == Outcome.COMPLETED && !wrong[i] && endNanos[i] <= load.lastUsefulNanos(i);
  }

  /** Returns when a request was answered. */
  public long endNanos(int i) {
    return endNanos[i];
  }

  /** Returns the latency from the intended send time, nanoseconds. */
  public long latencyNanos(int i) {
    return endNanos[i] - load.arrivalNanos(i);
  }
}
