package io.waip.replay.records;

import com.google.protobuf.InvalidProtocolBufferException;
import io.waip.api.v1.Checkpoint;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.RecordFrame;
import io.waip.api.v1.RecordHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads a file of records and checks it on the way: chain, numbers, counts, and that it ends where
 * its writer ended it. What is read before the first fault is as it was written. Single thread.
 */
public final class RecordReader implements AutoCloseable {
  /** The format that this version reads and writes. */
  public static final int FORMAT_VERSION = 1;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final ChainHash chain = new ChainHash();
  private final RecordHeader header;
  private final long size;
  private long position;
  private long records;
  private long lost;

  /**
   * Opens a file and reads its header.
   *
   * @throws RecordFormatException if it is absent, cannot be read or is no file of records
   */
  public RecordReader(Path file) {
    this.file = file;
    try {
      size = Files.size(file);
      in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    } catch (NoSuchFileException e) {
      throw new RecordFormatException(file, "no such file", 0);
    } catch (IOException e) {
      throw new RecordFormatException(file, "it cannot be read: " + e.getMessage(), 0);
    }
    try {
      header = readHeader();
    } catch (RecordFormatException e) {
      close();
      throw e;
    }
  }

  private RecordHeader readHeader() {
    if (!Arrays.equals(bytes(ChainHash.MAGIC.length), ChainHash.MAGIC)) {
      throw bad("it does not begin as a file of records");
    }
    RecordFrame frame = frame();
    if (!frame.hasHeader()) {
      throw bad("it has no header");
    }
    int version = frame.getHeader().getFormatVersion();
    if (version != FORMAT_VERSION) {
      throw bad("format %d; this version reads format %d".formatted(version, FORMAT_VERSION));
    }
    return frame.getHeader();
  }

  /** Returns what the file says of the run. */
  public RecordHeader header() {
    return header;
  }

  /**
   * Returns the setup of the run.
   *
   * @throws RecordFormatException if the header holds what no run can have
   */
  public RunSetup setup() {
    try {
      return RunSetup.fromProto(header);
    } catch (IllegalArgumentException e) {
      throw bad("header: " + e.getMessage());
    }
  }

  /** Returns how many records were read. */
  public long records() {
    return records;
  }

  /** Returns how many records the writer could not keep up with, so far. */
  public long lost() {
    return lost;
  }

  /** Returns the hash of the chain so far, 64 hexadecimal digits. */
  public String hash() {
    return HexFormat.of().formatHex(chain.hash());
  }

  /** Returns the size of the file, bytes. */
  public long bytes() {
    return size;
  }

  /**
   * Reads the next record.
   *
   * @return empty at the end of a whole file
   * @throws RecordFormatException at the first fault
   */
  public Optional<DecisionRecord> next() {
    RecordFrame frame = frame();
    while (frame.hasCheckpoint()) {
      check(frame.getCheckpoint());
      if (frame.getCheckpoint().getEnd()) {
        requireEnd();
        return Optional.empty();
      }
      frame = frame();
    }
    if (!frame.hasRecord() || frame.getRecord().getSequence() != records) {
      throw bad("it is not record " + records);
    }
    records++;
    lost += frame.getRecord().getLoss().getRecords();
    return Optional.of(frame.getRecord());
  }

  private void check(Checkpoint checkpoint) {
    if (checkpoint.getRecords() != records || checkpoint.getLost() != lost) {
      throw bad(
          "the checkpoint counts %d records and %d lost, there are %d and %d"
              .formatted(checkpoint.getRecords(), checkpoint.getLost(), records, lost));
    }
  }

  private void requireEnd() {
    if (position != size) {
      throw bad("%d bytes follow its end".formatted(size - position));
    }
  }

  private RecordFrame frame() {
    byte[] before = chain.hash();
    byte[] length = bytes(ChainHash.LENGTH_BYTES);
    int payloadBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long left = size - position - ChainHash.TAG_BYTES;
    if (payloadBytes < 0 || payloadBytes > left) {
      throw bad("%d bytes are announced, %d are left".formatted(payloadBytes, Math.max(0, left)));
    }
    byte[] payload = bytes(payloadBytes);
    byte[] hash = chain.next(length, payload);
    byte[] tag = bytes(ChainHash.TAG_BYTES);
    if (!Arrays.equals(tag, 0, tag.length, hash, 0, tag.length)) {
      throw bad("it does not continue the chain: something was changed, removed or put in");
    }
    return parsed(payload, before);
  }

  private RecordFrame parsed(byte[] payload, byte[] before) {
    try {
      RecordFrame frame = RecordFrame.parseFrom(payload);
      if (frame.hasCheckpoint()
          && !Arrays.equals(frame.getCheckpoint().getHash().toByteArray(), before)) {
        throw bad("the checkpoint holds another hash than that of the chain");
      }
      return frame;
    } catch (InvalidProtocolBufferException e) {
      throw bad("no message: " + e.getMessage());
    }
  }

  private byte[] bytes(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      position += bytes.length;
      if (bytes.length < count) {
        throw bad("the file ends here: its tail is missing, or its writer was stopped");
      }
      return bytes;
    } catch (IOException e) {
      throw bad("it cannot be read: " + e.getMessage());
    }
  }

  /** Returns the exception for a fault before the place that was read to. */
  RecordFormatException bad(String what) {
    return new RecordFormatException(
        file, "record %d, before byte %d: %s".formatted(records, position, what), records);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw bad("it cannot be closed: " + e.getMessage());
    }
  }
}
