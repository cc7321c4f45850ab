package io.waip.nativebridge.rings;

import io.waip.nativebridge.rings.ServiceTable.Padding;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * One channel of a mapping: what the front says of a loaded model, the service table the planner
 * writes for it, and the rings between them.
 *
 * <p>Confined to the planner's thread. Everything but {@link #model}, {@link #defaultVariant} and
 * {@link #write} allocates nothing.
 */
public final class ChannelView {
  /** A model that hands its requests to the planner. */
  public static final int FRONT = RingsAbi.KIND_FRONT;

  /** A model whose batches the planner runs. */
  public static final int DIRECT = RingsAbi.KIND_DIRECT;

  private static final int MAX_INSTANCES = 1024;
  private static final int MAX_BATCH = 4096;

  private final int index;
  private final MemorySegment memory;
  private final MemorySegment table;
  private final Futex dispatcher;
  private final SubmitReader submits;
  private final CompleteReader completions;
  private final ExecuteReader executions;
  private final DecideWriter decisions;
  private int tableVersion;

  ChannelView(int index, MemorySegment memory, MemorySegment scratch) {
    this.index = index;
    this.memory = memory;
    table = memory.asSlice(RingsAbi.TABLE_OFFSET, RingsAbi.TABLE_BYTES);
    dispatcher = new Futex(memory, RingsAbi.CHANNEL_DISPATCHER_PARKED, scratch);
    submits = new SubmitReader(memory);
    completions = new CompleteReader(memory);
    executions = new ExecuteReader(memory);
    decisions = new DecideWriter(memory);
  }

  /** Returns its position in the mapping. */
  public int index() {
    return index;
  }

  /** Says whether a model uses it; what {@link #generation} says is then of this model. */
  public boolean isOpen() {
    return SharedMemory.acquireInt(memory, RingsAbi.CHANNEL_STATE) == RingsAbi.CHANNEL_OPEN;
  }

  /** Returns a number that differs each time it is opened. */
  public int generation() {
    return SharedMemory.acquireInt(memory, RingsAbi.CHANNEL_GENERATION);
  }

  /** Returns {@link #FRONT}, {@link #DIRECT}, or garbage. */
  public int kind() {
    return SharedMemory.getInt(memory, RingsAbi.CHANNEL_KIND);
  }

  /**
   * Returns the largest number of rows of a child, {@code [0, 4096]}; 0 where there is no batch.
   */
  public int maxBatch() {
    return Math.clamp(SharedMemory.getInt(memory, RingsAbi.CHANNEL_MAX_BATCH), 0, MAX_BATCH);
  }

  /** Returns the children in flight that an earlier epoch sent, {@code >= 0}. */
  public int foreign() {
    return Math.max(0, SharedMemory.acquireInt(memory, RingsAbi.CHANNEL_FOREIGN));
  }

  /** Returns the instances of the default variant, {@code [0, 1024]}; 0 while unknown. */
  public int instances() {
    return Math.clamp(
        SharedMemory.acquireInt(memory, RingsAbi.CHANNEL_INSTANCES), 0, MAX_INSTANCES);
  }

  /**
   * Returns the instances of a variant, {@code [0, 1024]}; 0 while unknown.
   *
   * @param variant position in the service table
   */
  public int variantInstances(int variant) {
    long offset = RingsAbi.CHANNEL_VARIANT_INSTANCES + (long) Integer.BYTES * variant;
    return variant >= RingsAbi.VARIANTS
        ? 0
        : Math.clamp(SharedMemory.acquireInt(memory, offset), 0, MAX_INSTANCES);
  }

  /** Returns the name clients call, or "" where what stands there is no text. */
  public String model() {
    return name(RingsAbi.CHANNEL_MODEL);
  }

  /** Returns the model that answers without a planner, or "" where what stands there is no text. */
  public String defaultVariant() {
    return name(RingsAbi.CHANNEL_DEFAULT_VARIANT);
  }

  private String name(long offset) {
    String text = SharedMemory.text(memory, offset, RingsAbi.NAME_BYTES);
    return text == null ? "" : text;
  }

  /**
   * Writes the service table under its seqlock. The dispatcher is not woken by this.
   *
   * @param generation of the channel that the table is for
   */
  public void write(ServiceTable values, int generation) {
    // Even, and one above an odd number: also where a version written before is lost by overflow.
    SharedMemory.volatileInt(table, RingsAbi.TABLE_VERSION, tableVersion + 1);
    VarHandle.fullFence();
    setInt(RingsAbi.TABLE_GENERATION, generation);
    setInt(RingsAbi.TABLE_PLANNED, values.planned() ? 1 : 0);
    setInt(RingsAbi.TABLE_VARIANT_COUNT, values.variants().size());
    for (int v = 0; v < values.variants().size(); v++) {
      setText(RingsAbi.TABLE_VARIANT_MODELS + v * RingsAbi.NAME_BYTES, values.variants().get(v));
    }
    writeLengths(values);
    tableVersion += 2;
    SharedMemory.releaseInt(table, RingsAbi.TABLE_VERSION, tableVersion);
  }

  private void writeLengths(ServiceTable values) {
    setText(
        RingsAbi.TABLE_LENGTH_INPUT, values.lengths().map(ServiceTable.Lengths::input).orElse(""));
    setInt(RingsAbi.TABLE_LENGTH_AXIS, values.lengths().map(ServiceTable.Lengths::axis).orElse(0));
    Padding padding =
        values
            .lengths()
            .flatMap(ServiceTable.Lengths::padding)
            .orElse(new Padding(0, "", List.of()));
    boolean paddable = values.lengths().flatMap(ServiceTable.Lengths::padding).isPresent();
    setInt(RingsAbi.TABLE_PADDABLE, paddable ? 1 : 0);
    SharedMemory.setLong(table, RingsAbi.TABLE_PAD_VALUE, padding.value());
    setText(RingsAbi.TABLE_MASK_INPUT, padding.mask());
    setInt(RingsAbi.TABLE_TRIM_COUNT, padding.trim().size());
    for (int i = 0; i < padding.trim().size(); i++) {
      setText(RingsAbi.TABLE_TRIM_OUTPUTS + i * RingsAbi.NAME_BYTES, padding.trim().get(i));
    }
  }

  private void setInt(long offset, int value) {
    SharedMemory.setInt(table, offset, value);
  }

  private void setText(long offset, String value) {
    SharedMemory.text(table, offset, RingsAbi.NAME_BYTES, value);
  }

  /** Wakes the channel's dispatcher if it sleeps; ordered after every earlier write. */
  public void wakeDispatcher() {
    dispatcher.unpark();
  }

  /** Returns what arrived. */
  public SubmitReader submits() {
    return submits;
  }

  /** Returns what ended. */
  public CompleteReader completions() {
    return completions;
  }

  /** Returns the arena slots to run, of a channel in direct mode. */
  public ExecuteReader executions() {
    return executions;
  }

  /** Returns the way to the dispatcher. */
  public DecideWriter decisions() {
    return decisions;
  }

  /** Says whether a record waits in any ring of this channel. */
  public boolean hasWork() {
    return submits.isReadable() || completions.isReadable() || executions.isReadable();
  }

  /** Says whether the front broke a ring, so that the mapping is of no use any more. */
  public boolean isBroken() {
    return submits.isBroken()
        || completions.isBroken()
        || executions.isBroken()
        || decisions.isBroken();
  }
}
