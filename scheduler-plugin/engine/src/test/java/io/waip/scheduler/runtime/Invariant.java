package io.waip.scheduler.runtime;

/** What must hold after every event, whatever the scheduler's policy. */
enum Invariant {
  ONE_OUTCOME,
  EVERY_REQUEST_ENDS,
  OUTCOME_FITS_EVENT,
  RETRY_HINT_NOT_NEGATIVE,
  DISPATCH_ID_FRESH,
  ENDPOINT_NOT_OVERCOMMITTED,
  ENDPOINT_UP,
  ENDPOINT_RUNS_VARIANT,
  BATCH_NOT_OVERFULL,
  SHARE_OF_VARIANT_HELD,
  ONLY_QUEUED_REQUESTS_RUN,
  ONE_SERVICE_PER_BATCH,
  LENGTH_WITHIN_LIMIT,
  EQUAL_LENGTHS_WITHOUT_PADDING,
  PADDED_AS_PLANNED,
  QUALITY_FLOOR_HELD,
  REGION_PERMITTED,
  DEADLINES_PREDICTED_MET,
  QUEUE_WITHIN_CAPACITY,
  REFUSAL_JUSTIFIED,
  UNSERVABLE_REFUSED,
  EVICTION_JUSTIFIED,
  TIMER_ARMED_FOR_DEADLINE,
  NO_QUEUED_REQUEST_OUTLIVES_DEADLINE,
  WORK_CONSERVED;

  /** Fails with this invariant's name unless it holds. */
  void require(boolean holds, String found) {
    if (!holds) {
      throw new Violation(this, found);
    }
  }

  /** An invariant that did not hold. */
  static final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final Invariant invariant;

    Violation(Invariant invariant, String found) {
      super(invariant + ": " + found);
      this.invariant = invariant;
    }

    Invariant invariant() {
      return invariant;
    }
  }
}
