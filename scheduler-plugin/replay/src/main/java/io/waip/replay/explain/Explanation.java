package io.waip.replay.explain;

import io.waip.api.record.Constraint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one request. Times are milliseconds; those named {@code after} count from its arrival
 * at the scheduler.
 *
 * @param request its id
 * @param policy who decided
 * @param arrivedMs on the driver's clock
 * @param deadlineAfterMs null for none
 * @param admission what became of it on arrival
 * @param considered each look at the queue that it was part of, in order
 * @param passedOver looks at its service's queue, while it was queued, that it was not part of
 * @param execution its batch; null where it never ran
 * @param lostRecords records missing from its time; what is told may be incomplete then
 * @param end how it ended; null where the file ends before
 */
public record Explanation(
    long request,
    String policy,
    String service,
    String tenant,
    String tier,
    int length,
    double arrivedMs,
    @Nullable Double deadlineAfterMs,
    double qualityFloor,
    Admission admission,
    List<Look> considered,
    long passedOver,
    @Nullable Execution execution,
    long lostRecords,
    @Nullable End end) {
  /** Copies the list. */
  public Explanation {
    considered = List.copyOf(considered);
  }

  /**
   * What became of a request on arrival.
   *
   * @param endpoints each endpoint, and what forbids it; empty where the policy does not tell
   */
  public record Admission(boolean admitted, List<EndpointChoice> endpoints) {
    /** Copies the list. */
    public Admission {
      endpoints = List.copyOf(endpoints);
    }
  }

  /**
   * An endpoint that might have run the request.
   *
   * @param removedBy {@code none}, or what forbids it
   */
  public record EndpointChoice(String endpoint, EndpointRule removedBy) {}

  /** What forbids an endpoint. */
  public enum EndpointRule {
    /** Nothing. */
    NONE,
    /** It runs no variant of the service. */
    RUNS_ELSEWHERE,
    /** The variants it runs are below the quality floor. */
    QUALITY_FLOOR,
    /** The request is longer than the variants it runs accept. */
    LENGTH,
    /** A governance rule. */
    GOVERNANCE,
    /** It was not up. */
    DOWN
  }

  /**
   * A look at the queue for a free endpoint.
   *
   * @param fair whether tenants ahead of their share were left out
   * @param constraint what adding the request to the best batch would have broken; {@code NONE}
   *     where it was in it
   * @param removed variants that were out before any batch was formed
   * @param runs batches that could have been dispatched, best first
   * @param deferredUntilAfterMs until when the best batch waits for more; null where it did not
   * @param lookedAt requests looked at
   */
  public record Look(
      double afterMs,
      String endpoint,
      boolean fair,
      Constraint constraint,
      List<RemovedVariant> removed,
      List<BatchOption> runs,
      @Nullable Double deferredUntilAfterMs,
      int lookedAt) {
    /** Copies the lists. */
    public Look {
      removed = List.copyOf(removed);
      runs = List.copyOf(runs);
    }
  }

  /** A variant, and what removed it. */
  public record RemovedVariant(String variant, Constraint removedBy) {}

  /**
   * A batch that could have been dispatched.
   *
   * @param predictedMs at the planning quantile
   * @param score value for each nanosecond of device time
   * @param limit what kept it from one more request
   */
  public record BatchOption(
      String variant,
      int size,
      int paddedLength,
      double predictedMs,
      double medianMs,
      double score,
      Constraint limit) {}

  /**
   * The batch the request ran in.
   *
   * @param predictedMs at the planning quantile
   * @param medianMs predicted; null where the policy does not tell
   * @param actualMs null where it had not ended
   * @param runnerUp the best batch that lost; null where there was none
   */
  public record Execution(
      long dispatch,
      double afterMs,
      String endpoint,
      String variant,
      int size,
      int paddedLength,
      double predictedMs,
      @Nullable Double medianMs,
      @Nullable Double actualMs,
      @Nullable BatchOption runnerUp) {}

  /**
   * How a request ended.
   *
   * @param outcome name of {@link io.waip.api.Outcome}
   * @param reason name of {@link io.waip.api.Reason}
   * @param retryAfterMs 0 where nothing is known
   */
  public record End(double afterMs, String outcome, String reason, double retryAfterMs) {}
}
