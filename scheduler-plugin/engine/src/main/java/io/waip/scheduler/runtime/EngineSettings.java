package io.waip.scheduler.runtime;

import io.waip.api.admission.Admitter;
import io.waip.api.queue.OrderingPolicy;
import io.waip.api.record.DecisionRecorder;
import io.waip.api.route.Screener;
import java.util.List;

/**
 * What does not change while an engine lives.
 *
 * @param queueCapacity most queued requests, {@code [1, 1_000_000]}
 * @param windowCapacity most requests with a deadline, and most offline ones, looked at when a
 *     batch is formed, {@code [1, 4096]}
 * @param ordering order inside a flow
 * @param screeners governance rules
 * @param admitters asked after the built-in ones
 * @param recorder told how decisions come about
 */
public record EngineSettings(
    int queueCapacity,
    int windowCapacity,
    OrderingPolicy ordering,
    List<Screener> screeners,
    List<Admitter> admitters,
    DecisionRecorder recorder) {
  /** Queue capacity where none is given. */
  public static final int DEFAULT_QUEUE_CAPACITY = 16_384;

  /** Window capacity where none is given. */
  public static final int DEFAULT_WINDOW_CAPACITY = 256;

  /** Settings where none are given. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          DEFAULT_QUEUE_CAPACITY,
          DEFAULT_WINDOW_CAPACITY,
          OrderingPolicy.EARLIEST_DEADLINE,
          List.of(),
          List.of());

  private static final int MAX_QUEUE_CAPACITY = 1_000_000;
  private static final int MAX_WINDOW_CAPACITY = 4096;

  /**
   * Copies the lists and checks the parts.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public EngineSettings {
    screeners = List.copyOf(screeners);
    admitters = List.copyOf(admitters);
    if (queueCapacity < 1 || queueCapacity > MAX_QUEUE_CAPACITY) {
      throw new IllegalArgumentException(
          "queue_capacity must be in [1, 1000000], is " + queueCapacity);
    }
    if (windowCapacity < 1 || windowCapacity > MAX_WINDOW_CAPACITY) {
      throw new IllegalArgumentException(
          "window_capacity must be in [1, 4096], is " + windowCapacity);
    }
  }

  /** Returns settings that record nothing. */
  public EngineSettings(
      int queueCapacity,
      int windowCapacity,
      OrderingPolicy ordering,
      List<Screener> screeners,
      List<Admitter> admitters) {
    this(queueCapacity, windowCapacity, ordering, screeners, admitters, DecisionRecorder.NONE);
  }

  /** Returns these settings with another recorder. */
  public EngineSettings withRecorder(DecisionRecorder other) {
    return new EngineSettings(queueCapacity, windowCapacity, ordering, screeners, admitters, other);
  }

  /** Returns these settings with another queue capacity. */
  public EngineSettings withQueueCapacity(int capacity) {
    return new EngineSettings(capacity, windowCapacity, ordering, screeners, admitters, recorder);
  }

  /** Returns these settings with other governance rules. */
  public EngineSettings withScreeners(List<Screener> rules) {
    return new EngineSettings(queueCapacity, windowCapacity, ordering, rules, admitters, recorder);
  }
}
