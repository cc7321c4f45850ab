package io.waip.replay.records;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.plan.Plan;
import io.waip.api.record.Consideration;
import io.waip.api.record.Constraint;
import io.waip.api.record.DecisionRecorder;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes events, decisions and considerations as messages of {@link MessageLayout}.
 *
 * <p>Confined to the scheduler's thread. Allocates nothing once its buffer has grown to the longest
 * message, but for a published plan.
 */
public final class RecordEncoder implements DecisionRecorder {
  private static final int FIRST_CAPACITY = 1 << 14;

  private final MessageSink sink;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(FIRST_CAPACITY);
  private int length;
  private long nowNanos;

  RecordEncoder(MessageSink sink) {
    this.sink = sink;
  }

  private void begin() {
    length = 0;
    word(nowNanos);
  }

  private void begin(long eventNanos) {
    nowNanos = eventNanos;
    begin();
  }

  private void word(long value) {
    buffer.putLong(length, value);
    length += Long.BYTES;
  }

  private void word(double value) {
    word(Double.doubleToRawLongBits(value));
  }

  private void end(int type) {
    sink.message(type, buffer, length);
  }

  void arrived(long eventNanos, RequestDescriptor request) {
    begin(eventNanos);
    word(request.requestId());
    word(request.service());
    word(request.tenant());
    word(request.tier().ordinal());
    word(request.length());
    word(request.arrivalNanos());
    word(request.deadlineNanos());
    word(request.qualityFloor());
    word(request.region());
    end(MessageLayout.ARRIVED);
  }

  void completed(long eventNanos, long dispatchId, long executionNanos) {
    begin(eventNanos);
    word(dispatchId);
    word(executionNanos);
    end(MessageLayout.COMPLETED);
  }

  void failed(long eventNanos, long dispatchId) {
    begin(eventNanos);
    word(dispatchId);
    end(MessageLayout.FAILED);
  }

  void cancelled(long eventNanos, long requestId) {
    begin(eventNanos);
    word(requestId);
    end(MessageLayout.CANCELLED);
  }

  void timer(long eventNanos) {
    begin(eventNanos);
    end(MessageLayout.TIMER);
  }

  void endpointChanged(long eventNanos, int endpoint, EndpointState state) {
    begin(eventNanos);
    word(endpoint);
    word(state.ordinal());
    end(MessageLayout.ENDPOINT);
  }

  void planPublished(long eventNanos, Plan plan) {
    begin(eventNanos);
    byte[] bytes = PlanCodec.toProto(plan).toByteArray();
    word(bytes.length);
    buffer.putBytes(length, bytes);
    length += bytes.length;
    end(MessageLayout.PLAN);
  }

  void shutdown(long eventNanos) {
    begin(eventNanos);
    end(MessageLayout.SHUTDOWN);
  }

  void dispatch(Batch batch) {
    begin();
    word(batch.dispatchId());
    word(batch.endpoint());
    word(batch.variant());
    word(batch.paddedLength());
    word(batch.predictedNanos());
    word(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      word(batch.requestId(i));
    }
    end(MessageLayout.DISPATCH);
  }

  void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    begin();
    word(requestId);
    word(outcome.ordinal());
    word(reason.ordinal());
    word(retryAfterNanos);
    end(MessageLayout.ENDED);
  }

  void wakeAt(long timeNanos) {
    begin();
    word(timeNanos);
    end(MessageLayout.WAKE);
  }

  @Override
  public void screened(long requestId, long permitted, long up) {
    begin();
    word(requestId);
    word(permitted);
    word(up);
    end(MessageLayout.SCREENED);
  }

  @Override
  public void considered(Consideration consideration) {
    begin();
    word(consideration.service());
    word(consideration.endpoint());
    word(consideration.isFair() ? 1 : 0);
    for (Constraint constraint : MessageLayout.REMOVING) {
      word(consideration.removedVariants(constraint));
    }
    word(consideration.deferredUntilNanos());
    word(consideration.runs());
    for (int run = 0; run < consideration.runs(); run++) {
      run(consideration, run);
    }
    word(consideration.members());
    for (int member = 0; member < consideration.members(); member++) {
      word(consideration.memberId(member));
    }
    for (int member = 0; member < consideration.members(); member++) {
      buffer.putByte(length++, (byte) consideration.memberConstraint(member).ordinal());
    }
    end(MessageLayout.CONSIDERED);
  }

  private void run(Consideration consideration, int run) {
    word(consideration.runVariant(run));
    word(consideration.runSize(run));
    word(consideration.runPaddedLength(run));
    word(consideration.runPredictedNanos(run));
    word(consideration.runMedianNanos(run));
    word(consideration.runScore(run));
    word(consideration.runLimit(run).ordinal());
  }
}
