package io.waip.replay.drive;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.Batch;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over every event and every decision of a run, in order: one changed arrival changes it.
 *
 * <p>Each entry is a sequence of 8-byte big-endian words that begins with the kind of entry. Single
 * thread.
 */
public final class DecisionChain {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Of the longest entry, an arrival; the members of a batch make room for themselves. */
  private static final int LONGEST_BYTES = 11 * Long.BYTES;

  private static final long ARRIVED = 1;
  private static final long COMPLETED = 2;
  private static final long TIMER = 3;
  private static final long DISPATCH = 4;
  private static final long ENDED = 5;
  private static final long WAKE = 6;
  private static final long FAILED = 7;
  private static final long STATE = 8;
  private static final long SLOWDOWN = 9;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** Starts an empty chain. */
  public DecisionChain() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void arrived(long nowNanos, RequestDescriptor request) {
    begin(ARRIVED);
    buffer.putLong(nowNanos).putLong(request.requestId());
    buffer.putLong(request.service()).putLong(request.tenant());
    buffer.putLong(request.tier().ordinal()).putLong(request.length());
    buffer.putLong(request.arrivalNanos()).putLong(request.deadlineNanos());
    buffer.putLong(Double.doubleToLongBits(request.qualityFloor())).putLong(request.region());
  }

  void completed(long nowNanos, long dispatchId, long executionNanos) {
    begin(COMPLETED);
    buffer.putLong(nowNanos).putLong(dispatchId).putLong(executionNanos);
  }

  void failed(long nowNanos, long dispatchId) {
    begin(FAILED);
    buffer.putLong(nowNanos).putLong(dispatchId);
  }

  void changed(long nowNanos, EndpointEvent event) {
    switch (event) {
      case EndpointEvent.StateChange change ->
          changed(STATE, nowNanos, change.endpoint(), change.state().ordinal());
      case EndpointEvent.Slowdown slow ->
          changed(SLOWDOWN, nowNanos, slow.endpoint(), Double.doubleToLongBits(slow.factor()));
    }
  }

  private void changed(long kind, long nowNanos, int endpoint, long value) {
    begin(kind);
    buffer.putLong(nowNanos).putLong(endpoint).putLong(value);
  }

  void timer(long nowNanos) {
    begin(TIMER);
    buffer.putLong(nowNanos);
  }

  void dispatch(Batch batch) {
    begin(DISPATCH);
    buffer.putLong(batch.dispatchId()).putLong(batch.endpoint());
    buffer.putLong(batch.variant()).putLong(batch.size());
    buffer.putLong(batch.paddedLength()).putLong(batch.predictedNanos());
    for (int i = 0; i < batch.size(); i++) {
      makeRoom();
      buffer.putLong(batch.requestId(i));
    }
  }

  void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    begin(ENDED);
    buffer.putLong(requestId).putLong(outcome.ordinal());
    buffer.putLong(reason.ordinal()).putLong(retryAfterNanos);
  }

  void wakeAt(long timeNanos) {
    begin(WAKE);
    buffer.putLong(timeNanos);
  }

  private void begin(long kind) {
    makeRoom();
    buffer.putLong(kind);
  }

  private void makeRoom() {
    if (buffer.remaining() < LONGEST_BYTES) {
      flush();
    }
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }

  /** Ends the chain and returns its hash, 64 hexadecimal digits. */
  public String finish() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }
}
