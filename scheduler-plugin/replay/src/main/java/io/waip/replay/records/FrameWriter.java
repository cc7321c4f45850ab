package io.waip.replay.records;

import com.google.protobuf.ByteString;
import io.waip.api.v1.Checkpoint;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.RecordFrame;
import io.waip.api.v1.RecordHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a file of records: numbered, chained, with checkpoints. Single thread. */
final class FrameWriter {
  /** Records between two checkpoints. */
  static final int CHECKPOINT_RECORDS = 4096;

  private final OutputStream out;
  private final ChainHash chain = new ChainHash();
  private final ByteBuffer length =
      ByteBuffer.allocate(ChainHash.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long records;
  private long lost;
  private long bytes;

  FrameWriter(OutputStream out, RecordHeader header) throws IOException {
    this.out = out;
    out.write(ChainHash.MAGIC);
    bytes = ChainHash.MAGIC.length;
    frame(RecordFrame.newBuilder().setHeader(header).build());
  }

  /** Writes a record; gives it its number. */
  void record(DecisionRecord.Builder record) throws IOException {
    record.setSequence(records);
    frame(RecordFrame.newBuilder().setRecord(record).build());
    records++;
    if (record.hasLoss()) {
      lost += record.getLoss().getRecords();
    }
    if (records % CHECKPOINT_RECORDS == 0) {
      checkpoint(false);
    }
  }

  /** Writes the last checkpoint and flushes; nothing may follow. */
  void end() throws IOException {
    checkpoint(true);
    out.flush();
  }

  private void checkpoint(boolean end) throws IOException {
    Checkpoint checkpoint =
        Checkpoint.newBuilder()
            .setRecords(records)
            .setLost(lost)
            .setHash(ByteString.copyFrom(chain.hash()))
            .setEnd(end)
            .build();
    frame(RecordFrame.newBuilder().setCheckpoint(checkpoint).build());
  }

  private void frame(RecordFrame frame) throws IOException {
    byte[] payload = frame.toByteArray();
    length.putInt(0, payload.length);
    byte[] hash = chain.next(length.array(), payload);
    out.write(length.array());
    out.write(payload);
    out.write(hash, 0, ChainHash.TAG_BYTES);
    bytes += ChainHash.LENGTH_BYTES + payload.length + ChainHash.TAG_BYTES;
  }

  /** Returns the number of records written. */
  long records() {
    return records;
  }

  /** Returns the number of records lost. */
  long lost() {
    return lost;
  }

  /** Returns the size of the file, bytes. */
  long bytes() {
    return bytes;
  }
}
