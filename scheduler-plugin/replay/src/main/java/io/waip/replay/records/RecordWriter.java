package io.waip.replay.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages out of the ring and writes them as records. After a failure it goes on taking them
 * out, so that nobody waits, and writes none. Confined to its thread, but for {@link #failure}.
 */
final class RecordWriter implements Agent {
  private final RecordRing ring;
  private final FrameWriter frames;
  private final RecordDecoder decoder = new RecordDecoder();
  private volatile @Nullable Throwable failure;

  RecordWriter(RecordRing ring, FrameWriter frames) {
    this.ring = ring;
    this.frames = frames;
  }

  @Override
  public int doWork() {
    return ring.read(this::onMessage);
  }

  private void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
    if (failure != null) {
      return;
    }
    try {
      frames.record(decoder.decode(type, buffer, index));
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void onClose() {
    while (!ring.isEmpty()) {
      doWork();
    }
    if (failure == null) {
      try {
        frames.end();
      } catch (IOException e) {
        failure = new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String roleName() {
    return "waip-records";
  }

  /** Returns why nothing more is written, or null. Any thread. */
  @Nullable Throwable failure() {
    return failure;
  }
}
