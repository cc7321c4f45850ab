package io.waip.replay.records;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The way of messages from a scheduler's thread to the writer's. One thread writes, one reads.
 * Writing allocates nothing.
 */
final class RecordRing implements MessageSink {
  /** Bytes of messages; the longest message is an eighth. */
  static final int CAPACITY = 1 << 23;

  private static final int READ_LIMIT = 1024;
  private static final long PAUSE_NANOS = 20_000;

  private final OneToOneRingBuffer ring;
  private final WhenFull whenFull;
  private final BooleanSupplier isReaderGone;
  private final IdleStrategy pause = new SleepingIdleStrategy(PAUSE_NANOS);
  private final ExpandableArrayBuffer lossMessage = new ExpandableArrayBuffer(2 * Long.BYTES);
  private long untoldLoss;

  /**
   * Allocates a ring.
   *
   * @param capacity a power of two, bytes
   * @param isReaderGone whether nobody will make room any more; asked while waiting
   */
  RecordRing(int capacity, WhenFull whenFull, BooleanSupplier isReaderGone) {
    ring =
        new OneToOneRingBuffer(
            new UnsafeBuffer(
                ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    this.whenFull = whenFull;
    this.isReaderGone = isReaderGone;
  }

  /**
   * Takes a message in, or waits or loses it as asked for.
   *
   * @throws IllegalStateException if it would wait for a reader that is gone
   */
  @Override
  public void message(int type, DirectBuffer buffer, int length) {
    boolean isIn = (untoldLoss == 0 || tellLoss(buffer)) && ring.write(type, buffer, 0, length);
    while (!isIn) {
      if (whenFull == WhenFull.LOSE) {
        untoldLoss++;
        return;
      }
      if (isReaderGone.getAsBoolean()) {
        throw new IllegalStateException("the writer of records has stopped");
      }
      pause.idle();
      isIn = ring.write(type, buffer, 0, length);
    }
  }

  /** Puts the number of lost messages in; its time is that of the message after it. */
  private boolean tellLoss(DirectBuffer next) {
    lossMessage.putLong(0, next.getLong(0));
    lossMessage.putLong(Long.BYTES, untoldLoss);
    boolean isIn = ring.write(MessageLayout.LOST, lossMessage, 0, 2 * Long.BYTES);
    untoldLoss = isIn ? 0 : untoldLoss;
    return isIn;
  }

  /** Tells of what was lost last, once the scheduler has stopped; false while there is no room. */
  boolean finish() {
    return untoldLoss == 0 || tellLoss(lossMessage);
  }

  /** Reads some messages; returns how many. */
  int read(MessageHandler handler) {
    return ring.read(handler, READ_LIMIT);
  }

  /** Says whether everything was read. */
  boolean isEmpty() {
    return ring.size() == 0;
  }
}
