package io.waip.onnxruntime;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.Tier;
import org.jspecify.annotations.Nullable;

/**
 * A validated request on its way through the session.
 *
 * <p>Handed from thread to thread through rings, which order the accesses: written by the
 * submitting thread, then by the engine thread, its output by a worker thread while it runs; read
 * by the reply thread after the end.
 */
final class Submission {
  final Call call;
  final @Nullable InputRow[] inputs;
  final int length;
  final AnswerFuture future = new AnswerFuture(this);
  long requestId;
  int slot = Slots.NONE;
  int @Nullable [] rowSlots;
  boolean running;
  long queuedNanos;
  long dispatchedNanos;
  Answer.@Nullable Served served;
  @Nullable OutputRow output;
  Answer.@Nullable Ending ending;
  String failure = "";
  long endedNanos;

  /**
   * Who asks and by when.
   *
   * @param arrivalNanos intended send time
   * @param deadlineNanos absolute
   */
  record Call(int tenant, Tier tier, long arrivalNanos, long deadlineNanos, double qualityFloor) {}

  /**
   * Creates a request that has not been queued.
   *
   * @param inputs in the order of the signature; null where the request leaves one out
   */
  Submission(Call call, @Nullable InputRow[] inputs, int length) {
    this.call = call;
    this.inputs = inputs;
    this.length = length;
  }

  void end(long nowNanos, Outcome outcome, Reason reason, long retryAfterNanos) {
    endedNanos = nowNanos;
    ending = new Answer.Ending(outcome, reason, retryAfterNanos, failure);
  }

  Answer answer() {
    if (ending == null) {
      throw new IllegalStateException("the request has not ended");
    }
    boolean answered = ending.outcome() == Outcome.COMPLETED || ending.outcome() == Outcome.LATE;
    return new Answer(ending, endedNanos - call.arrivalNanos(), served, answered ? output : null);
  }
}
