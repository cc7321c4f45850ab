package io.waip.nativebridge.rings;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The page in which a front says which mapping is current; read-only here. For the planner that
 * lives in the front's own process. Any thread.
 */
public final class ControlPage implements AutoCloseable {
  private final Arena arena;
  private final MemorySegment memory;

  private ControlPage(Arena arena, MemorySegment memory) {
    this.arena = arena;
    this.memory = memory;
  }

  /**
   * Maps the page.
   *
   * @throws MappingException if the file is no control page of this version
   * @throws IOException if it cannot be opened or mapped
   */
  // The arena lives in the result, whose close() closes it.
  @SuppressWarnings("MustBeClosedChecker")
  public static ControlPage open(Path file) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < RingsAbi.CONTROL_BYTES) {
        throw new MappingException(file + " is no control page: " + channel.size() + " bytes");
      }
      MemorySegment memory = channel.map(MapMode.READ_ONLY, 0, RingsAbi.CONTROL_BYTES, arena);
      int magic = SharedMemory.getInt(memory, RingsAbi.CONTROL_MAGIC);
      int version = SharedMemory.getInt(memory, RingsAbi.CONTROL_VERSION);
      if (magic != RingsAbi.MAGIC || version != RingsAbi.VERSION) {
        throw new MappingException(
            "%s has layout version %d, needed is %d".formatted(file, version, RingsAbi.VERSION));
      }
      return new ControlPage(arena, memory);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Returns the number of mappings made so far. */
  public long epoch() {
    return SharedMemory.acquireLong(memory, RingsAbi.CONTROL_EPOCH);
  }

  /** Returns the file descriptor of the current mapping in the front's process, or -1. */
  public int mappingDescriptor() {
    return SharedMemory.acquireInt(memory, RingsAbi.CONTROL_MAPPING_FD);
  }

  /** Says whether the front may give requests to a planner. */
  public boolean isPlannerReady() {
    return SharedMemory.acquireInt(memory, RingsAbi.CONTROL_PLANNER_STATE)
        == RingsAbi.PLANNER_READY;
  }

  /**
   * Returns a counter.
   *
   * @param index {@code WAIP_RINGS_COUNTER_*} of {@code rings.h}
   * @throws IndexOutOfBoundsException if there is none of this index
   */
  public long counter(int index) {
    Objects.checkIndex(index, RingsAbi.COUNTERS);
    return SharedMemory.acquireLong(memory, RingsAbi.CONTROL_COUNTERS + (long) Long.BYTES * index);
  }

  /** Returns how many requests the front sent to default variants without asking a planner. */
  public long forwarded() {
    long sum = 0;
    for (int i = RingsAbi.COUNTER_FORWARDED_NO_PLANNER;
        i <= RingsAbi.COUNTER_FORWARDED_NO_TABLE;
        i++) {
      sum += counter(i);
    }
    return sum;
  }

  /** Unmaps the page. */
  @Override
  public void close() {
    arena.close();
  }
}
