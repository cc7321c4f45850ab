package io.waip.nativebridge.rings;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of one epoch, mapped.
 *
 * <p>It lives until {@link #close}, which the owner calls when no thread uses the mapping, its
 * channels or its slots any more; native code that got the address of a slot's tensor does not
 * notice a close.
 *
 * <p>Threading: the heartbeat, {@link #sleep} and the channels belong to the planner's thread;
 * {@link #isAbandoned}, {@link #wake} and {@link #slot} are for any thread.
 */
public final class SharedMapping implements AutoCloseable {
  /** Channels of a mapping. */
  public static final int CHANNELS = RingsAbi.CHANNELS;

  /** Slots of the arena. */
  public static final int SLOTS = RingsAbi.ARENA_SLOTS;

  /** Version of the layout this class was built for. */
  public static final int VERSION = RingsAbi.VERSION;

  private final Arena arena;
  private final MemorySegment memory;
  private final Futex planner;
  private final List<ChannelView> channels = new ArrayList<>();
  private final List<ArenaSlot> slots = new ArrayList<>();

  private SharedMapping(Arena arena, MemorySegment memory) {
    this.arena = arena;
    this.memory = memory;
    MemorySegment scratch = arena.allocate(Long.BYTES * 2L, Long.BYTES);
    planner = new Futex(memory, RingsAbi.HEADER_PLANNER_PARKED, scratch);
    for (int i = 0; i < CHANNELS; i++) {
      long offset = RingsAbi.CHANNELS_OFFSET + (long) i * RingsAbi.CHANNEL_BYTES;
      if (offset + RingsAbi.CHANNEL_BYTES <= memory.byteSize()) {
        MemorySegment channel = memory.asSlice(offset, RingsAbi.CHANNEL_BYTES);
        channels.add(new ChannelView(i, channel, scratch));
      }
    }
    for (int i = 0; i < SLOTS; i++) {
      long offset = RingsAbi.ARENA_OFFSET + (long) i * RingsAbi.ARENA_SLOT_BYTES;
      if (offset + RingsAbi.ARENA_SLOT_BYTES <= memory.byteSize()) {
        slots.add(new ArenaSlot(i, memory.asSlice(offset, RingsAbi.ARENA_SLOT_BYTES)));
      }
    }
  }

  /**
   * Maps a file, such as {@code /proc/self/fd/3}.
   *
   * @throws MappingException if it is no mapping of this version
   * @throws IOException if it cannot be opened or mapped
   */
  // The arena lives in the result, whose close() closes it.
  @SuppressWarnings("MustBeClosedChecker")
  public static SharedMapping attach(Path file) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < RingsAbi.HEADER_BYTES) {
        throw new MappingException(file + " is no mapping: " + channel.size() + " bytes");
      }
      check(file, channel.map(MapMode.READ_ONLY, 0, RingsAbi.HEADER_BYTES, arena), channel.size());
      return new SharedMapping(
          arena, channel.map(MapMode.READ_WRITE, 0, RingsAbi.MAPPING_BYTES, arena));
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static void check(Path file, MemorySegment header, long size) throws MappingException {
    int magic = SharedMemory.getInt(header, RingsAbi.HEADER_MAGIC);
    if (magic != RingsAbi.MAGIC) {
      throw new MappingException(file + " is no mapping: it begins with " + magic);
    }
    int version = SharedMemory.getInt(header, RingsAbi.HEADER_VERSION);
    if (version != VERSION) {
      throw new MappingException(
          "%s has layout version %d, needed is %d".formatted(file, version, VERSION));
    }
    long total = SharedMemory.getLong(header, RingsAbi.HEADER_TOTAL_BYTES);
    if (total != RingsAbi.MAPPING_BYTES || size < RingsAbi.MAPPING_BYTES) {
      throw new MappingException(
          "%s has %d bytes and says %d, needed are %d"
              .formatted(file, size, total, RingsAbi.MAPPING_BYTES));
    }
  }

  /**
   * Allocates private memory with some channels and no arena, in which a planner can rehearse.
   *
   * @param channelCount {@code [1, CHANNELS]}
   */
  // The arena lives in the result, whose close() closes it.
  @SuppressWarnings("MustBeClosedChecker")
  public static SharedMapping forRehearsal(int channelCount) {
    Arena arena = Arena.ofShared();
    long bytes = RingsAbi.CHANNELS_OFFSET + (long) channelCount * RingsAbi.CHANNEL_BYTES;
    return new SharedMapping(arena, arena.allocate(bytes, RingsAbi.HEADER_BYTES));
  }

  /** Returns the number of this mapping; the first has 1. */
  public long epoch() {
    return SharedMemory.getLong(memory, RingsAbi.HEADER_EPOCH);
  }

  /** Says whether the front gave this mapping up; nobody reads what is written to it then. */
  public boolean isAbandoned() {
    return SharedMemory.acquireInt(memory, RingsAbi.HEADER_ABANDONED) != 0;
  }

  /** Tells the front that the planner lives; at least every 50 ms. */
  public void heartbeat(long nowNanos) {
    SharedMemory.releaseLong(memory, RingsAbi.HEADER_HEARTBEAT, nowNanos);
  }

  /** Tells the front which layout this planner was built for. */
  public void announceVersion() {
    SharedMemory.releaseInt(memory, RingsAbi.HEADER_PLANNER_VERSION, VERSION);
  }

  /** Tells the front that it may give requests, after the version was announced. */
  public void ready() {
    SharedMemory.releaseInt(memory, RingsAbi.HEADER_READY, 1);
  }

  /** Returns the channels that fit; all {@link #CHANNELS} but in a rehearsal. */
  public List<ChannelView> channels() {
    return channels;
  }

  /**
   * Returns a slot of the arena.
   *
   * @throws IndexOutOfBoundsException if there is none of this index
   */
  public ArenaSlot slot(int index) {
    return slots.get(index);
  }

  /** Returns the number of slots; {@link #SLOTS} but in a rehearsal. */
  public int slots() {
    return slots.size();
  }

  /** Says that the planner is about to sleep, ordered before every later look for work. */
  public void announceSleep() {
    planner.set(1);
  }

  /** Sleeps until woken or for a time, after {@link #announceSleep}; may return early. */
  public void sleep(long nanos) {
    planner.await(1, nanos);
  }

  /** Says that the planner is awake. */
  public void announceAwake() {
    planner.set(0);
  }

  /** Wakes the planner if it sleeps; ordered after every earlier write. */
  public void wake() {
    planner.unpark();
  }

  MemorySegment memory() {
    return memory;
  }

  /**
   * Unmaps the memory.
   *
   * @throws IllegalStateException if a thread of this process is in the middle of an access
   */
  @Override
  public void close() {
    arena.close();
  }
}
