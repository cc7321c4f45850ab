package io.waip.replay.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.waip.api.record.Constraint;
import io.waip.api.v1.Arrival;
import io.waip.api.v1.Cancellation;
import io.waip.api.v1.Completion;
import io.waip.api.v1.Consideration;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.Dispatch;
import io.waip.api.v1.Ending;
import io.waip.api.v1.EndpointChange;
import io.waip.api.v1.Failure;
import io.waip.api.v1.Loss;
import io.waip.api.v1.Plan;
import io.waip.api.v1.PlanChange;
import io.waip.api.v1.RemovedVariants;
import io.waip.api.v1.Run;
import io.waip.api.v1.Screening;
import io.waip.api.v1.Shutdown;
import io.waip.api.v1.Timer;
import io.waip.api.v1.Wake;
import org.agrona.DirectBuffer;

/** Reads messages of {@link MessageLayout} as records, without their sequence. Single thread. */
final class RecordDecoder {
  private DirectBuffer buffer;
  private int at;

  @SuppressWarnings("NullAway.Init") // decode() is called before any other method
  RecordDecoder() {}

  /** Returns the record of a message that begins at {@code index}. */
  DecisionRecord.Builder decode(int type, DirectBuffer from, int index) {
    buffer = from;
    at = index;
    DecisionRecord.Builder record = DecisionRecord.newBuilder().setTimeNanos(word());
    if (type <= MessageLayout.SHUTDOWN) {
      event(type, record);
    } else {
      decision(type, record);
    }
    return record;
  }

  private void event(int type, DecisionRecord.Builder record) {
    switch (type) {
      case MessageLayout.ARRIVED -> record.setArrival(arrival());
      case MessageLayout.COMPLETED ->
          record.setCompletion(
              Completion.newBuilder().setDispatchId(word()).setExecutionNanos(word()));
      case MessageLayout.FAILED -> record.setFailure(Failure.newBuilder().setDispatchId(word()));
      case MessageLayout.CANCELLED ->
          record.setCancellation(Cancellation.newBuilder().setRequestId(word()));
      case MessageLayout.TIMER -> record.setTimer(Timer.getDefaultInstance());
      case MessageLayout.ENDPOINT ->
          record.setEndpointChange(
              EndpointChange.newBuilder().setEndpoint(number()).setState(number()));
      case MessageLayout.PLAN -> record.setPlanChange(PlanChange.newBuilder().setPlan(plan()));
      case MessageLayout.SHUTDOWN -> record.setShutdown(Shutdown.getDefaultInstance());
      default -> throw unknown(type);
    }
  }

  private void decision(int type, DecisionRecord.Builder record) {
    switch (type) {
      case MessageLayout.DISPATCH -> record.setDispatch(dispatch());
      case MessageLayout.ENDED -> record.setEnding(ending());
      case MessageLayout.WAKE -> record.setWake(Wake.newBuilder().setAtNanos(word()));
      case MessageLayout.SCREENED ->
          record.setScreening(
              Screening.newBuilder().setRequestId(word()).setPermitted(word()).setUp(word()));
      case MessageLayout.CONSIDERED -> record.setConsideration(consideration());
      case MessageLayout.LOST -> record.setLoss(Loss.newBuilder().setRecords(word()));
      default -> throw unknown(type);
    }
  }

  private static IllegalArgumentException unknown(int type) {
    return new IllegalArgumentException("no message has type " + type);
  }

  private long word() {
    long value = buffer.getLong(at);
    at += Long.BYTES;
    return value;
  }

  private int number() {
    return (int) word();
  }

  private double fraction() {
    return Double.longBitsToDouble(word());
  }

  private ByteString bytes(int count) {
    byte[] bytes = new byte[count];
    buffer.getBytes(at, bytes);
    at += count;
    return ByteString.copyFrom(bytes);
  }

  private Arrival.Builder arrival() {
    return Arrival.newBuilder()
        .setRequestId(word())
        .setService(number())
        .setTenant(number())
        .setTier(number())
        .setLength(number())
        .setArrivalNanos(word())
        .setDeadlineNanos(word())
        .setQualityFloor(fraction())
        .setRegion(number());
  }

  private Plan plan() {
    try {
      return Plan.parseFrom(bytes(number()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the encoder wrote what cannot be read", e);
    }
  }

  private Dispatch.Builder dispatch() {
    Dispatch.Builder dispatch =
        Dispatch.newBuilder()
            .setDispatchId(word())
            .setEndpoint(number())
            .setVariant(number())
            .setPaddedLength(number())
            .setPredictedNanos(word());
    int size = number();
    for (int i = 0; i < size; i++) {
      dispatch.addRequestIds(word());
    }
    return dispatch;
  }

  private Ending.Builder ending() {
    return Ending.newBuilder()
        .setRequestId(word())
        .setOutcome(number())
        .setReason(number())
        .setRetryAfterNanos(word());
  }

  private Consideration.Builder consideration() {
    Consideration.Builder consideration =
        Consideration.newBuilder().setService(number()).setEndpoint(number()).setFair(word() != 0);
    for (Constraint constraint : MessageLayout.REMOVING) {
      long variants = word();
      if (variants != 0) {
        consideration.addRemoved(
            RemovedVariants.newBuilder().setConstraint(constraint.ordinal()).setVariants(variants));
      }
    }
    long until = word();
    if (until != io.waip.api.record.Consideration.NOT_DEFERRED) {
      consideration.setDeferredUntilNanos(until);
    }
    int runs = number();
    for (int i = 0; i < runs; i++) {
      consideration.addRuns(run());
    }
    members(consideration);
    return consideration;
  }

  private Run.Builder run() {
    return Run.newBuilder()
        .setVariant(number())
        .setSize(number())
        .setPaddedLength(number())
        .setPredictedNanos(word())
        .setMedianNanos(word())
        .setScore(fraction())
        .setLimit(number());
  }

  private void members(Consideration.Builder consideration) {
    int members = number();
    long before = 0;
    for (int i = 0; i < members; i++) {
      long id = word();
      consideration.addMemberIdDeltas(id - before);
      before = id;
    }
    consideration.setMemberConstraints(bytes(members));
  }
}
