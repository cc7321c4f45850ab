package io.waip.nativebridge;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The rows of one batch, by reference: a reusable list of off-heap rows of one element type and
 * width and unequal lengths.
 *
 * <p>Make one per executor thread and tensor, then for each batch {@link #clear()}, {@link
 * #add(RowSlab, int)} each request's slot and hand it to a {@link BatchAssembler}: first to gather,
 * the same list again for the attention mask. A row is read, or written by a scatter, only during
 * such a call; it must stay held and its buffer open until then. Adding allocates nothing.
 *
 * <p>Implementation note: the list lives off-heap as {@code struct waip_rows} followed by its
 * arrays of addresses and lengths, and so goes to C as one pointer. That memory is freed when the
 * list becomes unreachable.
 *
 * <p>Threading: one thread at a time.
 */
public final class RaggedRows {
  /** The struct rounded up to a cache line, bytes. */
  private static final long HEADER_BYTES = 64;

  private final ElementType elementType;
  private final int width;
  private final MemorySegment descriptor;
  private final long addressesStart;
  private final long lengthsStart;
  private final NativeBuffer[] owners;
  private final long[] byteOffsets;
  private final int[] lengths;
  private int count;
  private int maxLength;

  /**
   * Creates an empty list.
   *
   * @param width elements per position, {@code >= 1}
   * @param maxRows most rows it can hold, {@code >= 1}
   * @throws IllegalArgumentException if a size is below 1
   */
  public RaggedRows(ElementType elementType, int width, int maxRows) {
    if (width < 1 || maxRows < 1) {
      throw new IllegalArgumentException(
          "width %d and maxRows %d must be at least 1".formatted(width, maxRows));
    }
    this.elementType = elementType;
    this.width = width;
    addressesStart = HEADER_BYTES;
    lengthsStart = HEADER_BYTES + (long) maxRows * Long.BYTES;
    descriptor = Arena.ofAuto().allocate(lengthsStart + (long) maxRows * Long.BYTES, HEADER_BYTES);
    owners = new NativeBuffer[maxRows];
    byteOffsets = new long[maxRows];
    lengths = new int[maxRows];
    writeHeader();
  }

  private void writeHeader() {
    long base = descriptor.address();
    descriptor.set(JAVA_LONG, BridgeAbi.ROWS_OFFSET_ADDRESSES, base + addressesStart);
    descriptor.set(JAVA_LONG, BridgeAbi.ROWS_OFFSET_LENGTHS, base + lengthsStart);
    descriptor.set(JAVA_LONG, BridgeAbi.ROWS_OFFSET_WIDTH, width);
    descriptor.set(JAVA_LONG, BridgeAbi.ROWS_OFFSET_ELEMENT_BYTES, elementType.bytes());
    clear();
  }

  /** Removes all rows. */
  public void clear() {
    count = 0;
    maxLength = 0;
    descriptor.set(JAVA_LONG, BridgeAbi.ROWS_OFFSET_COUNT, 0);
  }

  /**
   * Adds the row in a slot, with the slot's length now.
   *
   * @throws IllegalStateException if the list is full or the slot not held
   * @throws IllegalArgumentException if the slab has another element type or width
   */
  public void add(RowSlab slab, int slot) {
    if (slab.elementType() != elementType || slab.width() != width) {
      throw new IllegalArgumentException(
          "the slab has %s x %d, the list %s x %d"
              .formatted(slab.elementType(), slab.width(), elementType, width));
    }
    int length = slab.length(slot);
    append(slab.buffer(), slab.offset(slot), length);
  }

  /**
   * Adds {@code length} positions of a buffer.
   *
   * @param offset first element, in {@code [0, buffer.elements()]}
   * @param length positions, {@code >= 0}
   * @throws IllegalStateException if the list is full
   * @throws IllegalArgumentException if the buffer has another element type
   * @throws IndexOutOfBoundsException if the buffer has no such elements
   */
  public void add(NativeBuffer buffer, long offset, int length) {
    if (buffer.elementType() != elementType) {
      throw new IllegalArgumentException(
          "the buffer has %s, the list %s".formatted(buffer.elementType(), elementType));
    }
    Objects.checkFromIndexSize(offset, (long) length * width, buffer.elements());
    append(buffer, offset, length);
  }

  private void append(NativeBuffer buffer, long offset, int length) {
    if (count == owners.length) {
      throw new IllegalStateException("the list holds its " + count + " rows");
    }
    long byteOffset = offset * elementType.bytes();
    owners[count] = buffer;
    byteOffsets[count] = byteOffset;
    lengths[count] = length;
    long place = (long) count * Long.BYTES;
    descriptor.set(JAVA_LONG, addressesStart + place, buffer.segment().address() + byteOffset);
    descriptor.set(JAVA_LONG, lengthsStart + place, length);
    count++;
    maxLength = Math.max(maxLength, length);
    descriptor.set(JAVA_LONG, BridgeAbi.ROWS_OFFSET_COUNT, count);
  }

  /** Returns the number of rows. */
  public int count() {
    return count;
  }

  /** Returns the most rows it can hold. */
  public int maxRows() {
    return owners.length;
  }

  /**
   * Returns the length of a row, positions.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public int length(int row) {
    return lengths[Objects.checkIndex(row, count)];
  }

  /** Returns the longest length, 0 without rows: the least padded length. */
  public int maxLength() {
    return maxLength;
  }

  /** Returns the type of every element. */
  public ElementType elementType() {
    return elementType;
  }

  /** Returns the elements per position. */
  public int width() {
    return width;
  }

  /** {@code struct waip_rows}; valid while this list is reachable. */
  MemorySegment descriptor() {
    return descriptor;
  }

  MemorySegment rowSegment(int row) {
    return owners[row].segment();
  }

  long rowByteOffset(int row) {
    return byteOffsets[row];
  }

  /** Pins every row's buffer; a run of rows of one buffer, which is the usual case, counts once. */
  void pin() {
    for (int row = 0; row < count; row++) {
      if (startsRun(row)) {
        pinOrRollBack(row);
      }
    }
  }

  void unpin() {
    unpinBefore(count);
  }

  private void pinOrRollBack(int row) {
    try {
      owners[row].pin();
    } catch (IllegalStateException e) {
      unpinBefore(row);
      throw e;
    }
  }

  private void unpinBefore(int end) {
    for (int row = 0; row < end; row++) {
      if (startsRun(row)) {
        owners[row].unpin();
      }
    }
  }

  private boolean startsRun(int row) {
    return row == 0 || owners[row] != owners[row - 1];
  }
}
