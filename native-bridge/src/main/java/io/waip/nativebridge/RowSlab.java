package io.waip.nativebridge;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Off-heap rows in equal slots: where a request's tokens wait for their batch, and where its part
 * of an output lands.
 *
 * <p>A slot holds up to {@code slotPositions} positions of {@code width} elements, row-major, in
 * native byte order: token ids have width 1, an output {@code [batch, seq, hidden]} has width
 * {@code hidden}. The slab allocates all its memory at once and nothing per request.
 *
 * <p>Ownership: the slab owns the memory until {@link #close()}. Who acquires a slot holds it until
 * its {@link #release}; no one else may use that slot meanwhile.
 *
 * <p>Threading: {@link #acquire} and {@link #release} are lock-free and may be called by any
 * thread. A slot's contents and length belong to its holder; handing a slot to another thread
 * (through a queue, say) hands over its contents.
 */
public final class RowSlab implements AutoCloseable {
  /** What {@link #acquire} returns when every slot is held. */
  public static final int NONE = SlotList.NONE;

  private final NativeBuffer buffer;
  private final int width;
  private final int slotPositions;
  private final SlotList slots;
  private final int[] lengths;

  private RowSlab(NativeBuffer buffer, int width, int slots, int slotPositions) {
    this.buffer = buffer;
    this.width = width;
    this.slotPositions = slotPositions;
    this.slots = new SlotList(slots);
    this.lengths = new int[slots];
  }

  /**
   * Allocates a slab of free slots.
   *
   * @param width elements per position, {@code >= 1}
   * @param slots {@code >= 1}
   * @param slotPositions capacity of a slot in positions, {@code >= 1}
   * @throws IllegalArgumentException if a size is below 1 or the slab exceeds {@link
   *     NativeBuffer#MAX_BYTES}
   */
  public static RowSlab allocate(ElementType elementType, int width, int slots, int slotPositions) {
    if (width < 1 || slots < 1 || slotPositions < 1) {
      throw new IllegalArgumentException(
          "width %d, slots %d and slotPositions %d must be at least 1"
              .formatted(width, slots, slotPositions));
    }
    long elements;
    try {
      elements = Math.multiplyExact(Math.multiplyExact((long) slots, slotPositions), width);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%d slots of %d x %d elements do not fit".formatted(slots, slotPositions, width), e);
    }
    return new RowSlab(NativeBuffer.allocate(elementType, elements), width, slots, slotPositions);
  }

  /** Takes a free slot with length 0, or returns {@link #NONE}. */
  public int acquire() {
    int slot = slots.acquire();
    if (slot != NONE) {
      lengths[slot] = 0;
    }
    return slot;
  }

  /**
   * Gives a slot back.
   *
   * @throws IllegalStateException if the slot is not held
   */
  public void release(int slot) {
    requireHeld(slot);
    if (!slots.release(slot)) {
      throw notHeld(slot);
    }
  }

  /**
   * Copies a row into a slot and sets the slot's length.
   *
   * @param source {@code length * width} elements from {@code offset} on
   * @param length positions, in {@code [0, slotPositions()]}
   * @throws IllegalStateException if the slot is not held or elements are not {@link
   *     ElementType#INT64}
   * @throws IllegalArgumentException if the row does not fit the slot; the slot is unchanged
   * @throws IndexOutOfBoundsException if the source has no such elements; the slot is unchanged
   */
  public void write(int slot, long[] source, int offset, int length) {
    buffer.require(ElementType.INT64);
    int elements = elementsFor(slot, length);
    Objects.checkFromIndexSize(offset, elements, source.length);
    MemorySegment.copy(source, offset, buffer.segment(), JAVA_LONG, byteOffset(slot), elements);
    lengths[slot] = length;
  }

  /**
   * As {@link #write(int, long[], int, int)}, for {@link ElementType#FLOAT32}.
   *
   * @param source {@code length * width} elements from {@code offset} on
   */
  public void write(int slot, float[] source, int offset, int length) {
    buffer.require(ElementType.FLOAT32);
    int elements = elementsFor(slot, length);
    Objects.checkFromIndexSize(offset, elements, source.length);
    MemorySegment.copy(source, offset, buffer.segment(), JAVA_FLOAT, byteOffset(slot), elements);
    lengths[slot] = length;
  }

  /**
   * Copies a slot's row out: {@code length(slot) * width()} elements to {@code target} from {@code
   * offset} on.
   *
   * @return elements copied
   * @throws IllegalStateException if the slot is not held or elements are not {@link
   *     ElementType#INT64}
   * @throws IndexOutOfBoundsException if the target has no such room
   */
  public int read(int slot, long[] target, int offset) {
    buffer.require(ElementType.INT64);
    int elements = elementsFor(slot, length(slot));
    Objects.checkFromIndexSize(offset, elements, target.length);
    MemorySegment.copy(buffer.segment(), JAVA_LONG, byteOffset(slot), target, offset, elements);
    return elements;
  }

  /**
   * As {@link #read(int, long[], int)}, for {@link ElementType#FLOAT32}.
   *
   * @return elements copied
   */
  public int read(int slot, float[] target, int offset) {
    buffer.require(ElementType.FLOAT32);
    int elements = elementsFor(slot, length(slot));
    Objects.checkFromIndexSize(offset, elements, target.length);
    MemorySegment.copy(buffer.segment(), JAVA_FLOAT, byteOffset(slot), target, offset, elements);
    return elements;
  }

  /**
   * Sets a slot's length and leaves its contents: what a slot needs before an output is scattered
   * to it.
   *
   * @param length positions, in {@code [0, slotPositions()]}
   * @throws IllegalStateException if the slot is not held
   * @throws IllegalArgumentException if the length does not fit the slot
   */
  public void resize(int slot, int length) {
    elementsFor(slot, length);
    lengths[slot] = length;
  }

  /**
   * Returns a slot's length in positions.
   *
   * @throws IllegalStateException if the slot is not held
   */
  public int length(int slot) {
    requireHeld(slot);
    return lengths[slot];
  }

  /** Returns where a slot starts in {@link #buffer()}, elements. */
  public int offset(int slot) {
    Objects.checkIndex(slot, slots.slots());
    return slot * slotPositions * width;
  }

  /** Returns the memory of all slots, for views; the slab closes it. */
  public NativeBuffer buffer() {
    return buffer;
  }

  /** Returns the type of every element. */
  public ElementType elementType() {
    return buffer.elementType();
  }

  /** Returns the elements per position. */
  public int width() {
    return width;
  }

  /** Returns the number of slots. */
  public int slots() {
    return slots.slots();
  }

  /** Returns the capacity of a slot, positions. */
  public int slotPositions() {
    return slotPositions;
  }

  /**
   * Returns the number of held slots, counted in {@code O(slots)}; a snapshot under concurrent use.
   */
  public int held() {
    return slots.held();
  }

  /**
   * Frees all slots' memory; a second call does nothing.
   *
   * @throws IllegalStateException if an assembly call uses the slab now; it stays open
   */
  @Override
  public void close() {
    buffer.close();
  }

  private long byteOffset(int slot) {
    return (long) offset(slot) * buffer.elementType().bytes();
  }

  private int elementsFor(int slot, int length) {
    requireHeld(slot);
    if (length < 0 || length > slotPositions) {
      throw new IllegalArgumentException(
          "a row of %d positions; a slot holds 0 to %d".formatted(length, slotPositions));
    }
    return length * width;
  }

  private void requireHeld(int slot) {
    if (!slots.isHeld(slot)) {
      throw notHeld(slot);
    }
  }

  private IllegalStateException notHeld(int slot) {
    return new IllegalStateException("slot %d of %d is not held".formatted(slot, slots()));
  }
}
