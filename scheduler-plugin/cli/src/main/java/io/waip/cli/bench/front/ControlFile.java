package io.waip.cli.bench.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The control page of a server's front, read and written as the file it is, from outside, as an
 * operator would. The numbers are those of {@code include/waip/rings.h}; a test compares them.
 */
final class ControlFile implements AutoCloseable {
  static final int BYTES = 4096;
  static final int BYPASS = 16;
  static final int EPOCH = 24;
  static final int PLANNER_PID = 32;
  static final int PLANNER_STATE = 36;
  static final int LOST_REASON = 40;
  static final int MAPPING_FD = 44;
  static final int COUNTERS = 512;
  static final int PLANNER_READY = 2;
  static final int COUNTER_PLANNED = 1;
  static final int COUNTER_FORWARDED_BYPASS = 3;
  static final int COUNTER_REFUSED = 12;
  static final int COUNTER_LOST_EXITED = 18;
  static final int COUNTER_LOST_EXEC = 23;
  static final int HEADER_VERSION = 4;

  private final long serverPid;
  private final FileChannel file;

  private ControlFile(long serverPid, FileChannel file) {
    this.serverPid = serverPid;
    this.file = file;
  }

  /** Where the front of a server keeps its page. */
  static Path pathOf(long serverPid) {
    return Path.of("/dev/shm/waip-" + serverPid + "/control");
  }

  /** Opens the page of a server. */
  static ControlFile of(long serverPid) throws IOException {
    return open(serverPid, pathOf(serverPid));
  }

  static ControlFile open(long serverPid, Path path) throws IOException {
    return new ControlFile(
        serverPid, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  private ByteBuffer read() {
    ByteBuffer page = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (page.hasRemaining() && file.read(page, page.position()) >= 0) {
        // A read may be cut short.
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the control page cannot be read", e);
    }
    return page;
  }

  boolean isReady() {
    return read().getInt(PLANNER_STATE) == PLANNER_READY;
  }

  long epoch() {
    return read().getLong(EPOCH);
  }

  long plannerPid() {
    return read().getInt(PLANNER_PID);
  }

  int lostReason() {
    return read().getInt(LOST_REASON);
  }

  long counter(int index) {
    return read().getLong(COUNTERS + index * Long.BYTES);
  }

  /** Planners given up so far, for whatever reason. */
  long losses() {
    ByteBuffer page = read();
    long sum = 0;
    for (int i = COUNTER_LOST_EXITED; i <= COUNTER_LOST_EXEC; i++) {
      sum += page.getLong(COUNTERS + i * Long.BYTES);
    }
    return sum;
  }

  /** Writes the operator's byte. */
  void bypass(boolean on) throws IOException {
    file.write(ByteBuffer.wrap(new byte[] {(byte) (on ? 1 : 0)}), BYPASS);
  }

  /** Overwrites the layout version in the mapping that the server offers now. */
  void writeMappingVersion(int version) throws IOException {
    int descriptor = read().getInt(MAPPING_FD);
    Path mapping = Path.of("/proc/" + serverPid + "/fd/" + descriptor);
    try (FileChannel memory = FileChannel.open(mapping, StandardOpenOption.WRITE)) {
      ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      memory.write(number.putInt(version).flip(), HEADER_VERSION);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
