package io.waip.cli.bench.load;

import io.waip.cli.demo.load.Quantiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The account of one run: a request is opened when it is sent and ends once. A second end is
 * counted as a duplicate and changes nothing else; an end after the patience makes the request
 * lost. Any thread may call. Times are nanoseconds of the monotonic clock.
 */
public final class Ledger {
  /** Kinds of errors told apart; further ones are counted under the last. */
  static final int MAX_GROUPS = 20;

  /**
   * A run whose generator lags more says nothing about latency: the rule of open-loop measuring.
   */
  static final double MAX_LAG_P99_MS = 1;

  private static final int FIRST_CAPACITY = 4096;
  private static final String OTHERS = "other errors";

  private final long patienceNanos;
  private final Map<String, ErrorGroup> groups = new LinkedHashMap<>();
  private LoadLog log = new LoadLog(FIRST_CAPACITY);
  private int size;
  private int ended;
  private long duplicated;

  /**
   * An empty account.
   *
   * @param patienceNanos longest time from sending to an answer that counts
   */
  public Ledger(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /**
   * Opens a request.
   *
   * @param arm which of the run's models it goes to
   * @return its number, from 0
   */
  public synchronized int open(int arm, long intendedNanos, long sentNanos) {
    if (size == log.size()) {
      log = log.grown(2 * size);
    }
    log.set(size, arm, intendedNanos, sentNanos);
    return size++;
  }

  /** Ends a request with an answer. */
  public synchronized void answered(int request, long nowNanos, boolean right) {
    end(request, nowNanos, right ? End.OK : End.WRONG);
  }

  /** Ends a request with an error. */
  public synchronized void failed(int request, long nowNanos, String code, String message) {
    if (end(request, nowNanos, End.ERROR)) {
      String kind = code + '\n' + message;
      String key = groups.containsKey(kind) || groups.size() < MAX_GROUPS - 1 ? kind : OTHERS;
      String text = key.equals(OTHERS) ? OTHERS : message;
      groups.merge(
          key,
          new ErrorGroup(code, text, 1),
          (a, b) -> new ErrorGroup(a.code(), a.message(), a.count() + b.count()));
    }
  }

  private boolean end(int request, long nowNanos, End end) {
    if (log.end(request) != End.OPEN) {
      duplicated++;
      return false;
    }
    ended++;
    boolean late = nowNanos - log.sentNanos(request) > patienceNanos;
    log.setEnd(request, nowNanos, late ? End.LOST : end);
    return !late;
  }

  /** Requests opened so far. */
  public synchronized int sent() {
    return size;
  }

  /** Requests opened that have not ended. */
  public synchronized int open() {
    return size - ended;
  }

  /** One line on the state, for people. */
  public synchronized String line() {
    long failed = groups.values().stream().mapToLong(ErrorGroup::count).sum();
    return "sent %d, open %d, errors %d".formatted(size, size - ended, failed);
  }

  /** Ends the account: what is still open is lost. */
  public synchronized LoadLog close() {
    for (int i = 0; i < size; i++) {
      if (log.end(i) == End.OPEN) {
        log.setEnd(i, 0, End.LOST);
        ended++;
      }
    }
    log = log.grown(size);
    return log;
  }

  /** The figures of a closed account. */
  public synchronized LoadFigures figures() {
    long[] counts = new long[End.values().length];
    for (int i = 0; i < size; i++) {
      counts[log.end(i).ordinal()]++;
    }
    double seconds = log.seconds();
    Quantiles latency = Quantiles.of(log.latencies(0, size));
    Quantiles lag = Quantiles.of(log.lags());
    return new LoadFigures(
        size,
        counts[End.OK.ordinal()],
        counts[End.ERROR.ordinal()],
        counts[End.WRONG.ordinal()],
        counts[End.LOST.ordinal()],
        duplicated,
        seconds,
        seconds == 0 ? 0 : log.latencies(0, size).length / seconds,
        latency.millis(0.5),
        latency.millis(0.99),
        lag.millis(0.5),
        lag.millis(0.99),
        lag.millis(0.99) <= MAX_LAG_P99_MS,
        sortedGroups());
  }

  private List<ErrorGroup> sortedGroups() {
    List<ErrorGroup> sorted = new ArrayList<>(groups.values());
    sorted.sort(Comparator.comparingLong(ErrorGroup::count).reversed());
    return sorted;
  }
}
