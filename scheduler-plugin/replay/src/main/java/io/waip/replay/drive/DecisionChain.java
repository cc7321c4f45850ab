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
    words(ARRIVED, nowNanos, request.requestId(), request.service(), request.tenant());
    words(request.tier().ordinal(), request.length(), request.arrivalNanos());
    words(request.deadlineNanos(), Double.doubleToLongBits(request.qualityFloor()));
    words(request.region());
  }

  void completed(long nowNanos, long dispatchId, long executionNanos) {
    words(COMPLETED, nowNanos, dispatchId, executionNanos);
  }

  void failed(long nowNanos, long dispatchId) {
    words(FAILED, nowNanos, dispatchId);
  }

  void changed(long nowNanos, EndpointEvent event) {
    switch (event) {
      case EndpointEvent.StateChange change ->
          words(STATE, nowNanos, change.endpoint(), change.state().ordinal());
      case EndpointEvent.Slowdown slow ->
          words(SLOWDOWN, nowNanos, slow.endpoint(), Double.doubleToLongBits(slow.factor()));
    }
  }

  void timer(long nowNanos) {
    words(TIMER, nowNanos);
  }

  void dispatch(Batch batch) {
    words(DISPATCH, batch.dispatchId(), batch.endpoint(), batch.variant(), batch.size());
    words(batch.paddedLength(), batch.predictedNanos());
    for (int i = 0; i < batch.size(); i++) {
      words(batch.requestId(i));
    }
  }

  void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    words(ENDED, requestId, outcome.ordinal(), reason.ordinal(), retryAfterNanos);
  }

  void wakeAt(long timeNanos) {
    words(WAKE, timeNanos);
  }

  private void words(long... words) {
    if (buffer.remaining() < words.length * Long.BYTES) {
      flush();
    }
    for (long word : words) {
      buffer.putLong(word);
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
