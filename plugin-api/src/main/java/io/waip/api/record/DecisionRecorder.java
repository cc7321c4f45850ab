package io.waip.api.record;

/**
 * Told by a scheduler how it came to its decisions. Events and decisions themselves pass between
 * driver and scheduler, where a driver records them in the same order.
 *
 * <p>Called during an event, on the scheduler's thread. An implementation must not call back into
 * the scheduler, changes nothing of its decisions and should allocate nothing. An exception of it
 * ends the event half done.
 */
public interface DecisionRecorder {
  /** Records nothing; a scheduler asks it for nothing and prepares nothing for it. */
  DecisionRecorder NONE =
      new DecisionRecorder() {
        @Override
        public void screened(long requestId, long permitted, long up) {}

        @Override
        public void considered(Consideration consideration) {}
      };

  /**
   * An arrived request was screened; admission or refusal follows.
   *
   * @param permitted bit {@code e} set for each endpoint that runs a variant long and good enough
   *     under the plan and that governance permits
   * @param up bit {@code e} set for each endpoint that is up
   */
  void screened(long requestId, long permitted, long up);

  /**
   * A service's queue was looked at for a free endpoint. Where a batch results that is dispatched,
   * {@link io.waip.api.schedule.Decisions#dispatch} follows.
   *
   * @param consideration valid during the call
   */
  void considered(Consideration consideration);
}
