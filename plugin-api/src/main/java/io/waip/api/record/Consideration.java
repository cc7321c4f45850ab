package io.waip.api.record;

/**
 * One look of a scheduler at a service's queue for a free endpoint: what it might have run there
 * and why it did not. Valid during {@link DecisionRecorder#considered} only.
 *
 * <p>Masks have bit {@code v} set for variant {@code v}, over all services in deployment order.
 * Times are nanoseconds, absolute ones of the driver's clock.
 */
public interface Consideration {
  /** The time of {@link #deferredUntilNanos} where nothing was put off. */
  long NOT_DEFERRED = Long.MIN_VALUE;

  /** Returns the index of the service. */
  int service();

  /** Returns the index of the endpoint. */
  int endpoint();

  /** Says whether tenants ahead of their share were left out. */
  boolean isFair();

  /** Returns the variants that a constraint removed before any batch was formed. */
  long removedVariants(Constraint constraint);

  /** Returns until when the best batch waits for more, or {@link #NOT_DEFERRED}. */
  long deferredUntilNanos();

  /**
   * Returns the number of batches told of, best first; the rest scored less.
   *
   * @return {@code [0, MAX_RUNS]}; 0 where nothing could be served
   */
  int runs();

  /** Most batches told of. */
  int MAX_RUNS = 8;

  /** Returns the variant of a batch. */
  int runVariant(int run);

  /** Returns the number of requests in a batch, {@code >= 1}. */
  int runSize(int run);

  /** Returns the length a batch is padded to, {@code >= 1}. */
  int runPaddedLength(int run);

  /** Returns the predicted time of a batch at the planning quantile, with corrections. */
  long runPredictedNanos(int run);

  /** Returns the predicted median of a batch, with corrections. */
  long runMedianNanos(int run);

  /** Returns the value less the price of the device time; comparable within one look. */
  double runScore(int run);

  /** Returns what kept a batch from one more request, or {@link Constraint#NONE}. */
  Constraint runLimit(int run);

  /** Returns the number of requests looked at. */
  int members();

  /** Returns the id of a request looked at. */
  long memberId(int member);

  /**
   * Returns what adding a request to the best batch would have broken, {@link Constraint#SCORE}
   * where it would have fitted, or {@link Constraint#NONE} for one that is in it.
   */
  Constraint memberConstraint(int member);
}
