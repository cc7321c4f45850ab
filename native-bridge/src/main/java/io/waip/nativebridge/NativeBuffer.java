package io.waip.nativebridge;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A fixed stretch of off-heap memory with one element type: a batch tensor or the store of a slab.
 *
 * <p>Views ({@link #longs()} and its like) are direct NIO buffers in native byte order, as ONNX
 * Runtime's {@code OnnxTensor.createTensor(env, LongBuffer, shape)} takes without a copy. Views
 * share the memory; each has its own position and limit. Make one once and keep it, as each costs
 * one object.
 *
 * <p>Ownership: memory from {@link #allocate} lives until {@link #close()}, which the owner calls
 * after the last tensor over it is closed. Native code that got a view's address does not notice a
 * close. An assembly call pins the buffers it uses, so that a concurrent close fails instead of
 * pulling memory away.
 *
 * <p>Threading: any thread may use it. Contents have no memory ordering of their own: hand a buffer
 * to another thread through a synchronising action (a queue, a future).
 */
public final class NativeBuffer implements AutoCloseable {
  /** Largest size in bytes: what one NIO buffer can address. */
  public static final long MAX_BYTES = Integer.MAX_VALUE;

  /** Cache-line and AVX-512 register size of x86-64 (Intel SDM vol. 1), bytes. */
  private static final long ALIGNMENT = 64;

  private static final int CLOSED = -1;

  private final ElementType elementType;
  private final MemorySegment segment;
  private final @Nullable Arena arena;
  private final AtomicInteger pins = new AtomicInteger();

  private NativeBuffer(ElementType elementType, MemorySegment segment, @Nullable Arena arena) {
    this.elementType = elementType;
    this.segment = segment;
    this.arena = arena;
  }

  /**
   * Allocates zeroed memory aligned to 64 bytes.
   *
   * @param elements {@code >= 0}; at most {@link #MAX_BYTES} in bytes
   * @throws IllegalArgumentException if the size is out of range
   * @throws OutOfMemoryError if the system has no such memory
   */
  // The arena lives in the result, whose close() closes it.
  @SuppressWarnings("MustBeClosedChecker")
  public static NativeBuffer allocate(ElementType elementType, long elements) {
    if (elements < 0 || elements > MAX_BYTES / elementType.bytes()) {
      throw new IllegalArgumentException(
          "%d elements of %s; allowed are 0 to %d"
              .formatted(elements, elementType, MAX_BYTES / elementType.bytes()));
    }
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = arena.allocate(elements * elementType.bytes(), ALIGNMENT);
      return new NativeBuffer(elementType, memory, arena);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Wraps the bytes between position and limit of a direct buffer, which stay owned by it. Closing
   * the result frees nothing.
   *
   * @throws IllegalArgumentException if the buffer is on the heap, read-only or no whole number of
   *     elements
   */
  public static NativeBuffer wrap(ElementType elementType, ByteBuffer direct) {
    if (!direct.isDirect() || direct.isReadOnly()) {
      throw new IllegalArgumentException("the buffer must be direct and writable, is " + direct);
    }
    if (direct.remaining() % elementType.bytes() != 0) {
      throw new IllegalArgumentException(
          direct.remaining() + " bytes are no whole number of " + elementType);
    }
    return new NativeBuffer(elementType, MemorySegment.ofBuffer(direct), null);
  }

  /** Returns the type of every element. */
  public ElementType elementType() {
    return elementType;
  }

  /** Returns the capacity in elements. */
  public long elements() {
    return segment.byteSize() / elementType.bytes();
  }

  /** Returns the capacity in bytes. */
  public long byteSize() {
    return segment.byteSize();
  }

  /**
   * Returns a view of all bytes, in native order.
   *
   * @throws IllegalStateException if the buffer is closed
   */
  public ByteBuffer bytes() {
    if (pins.get() == CLOSED) {
      throw closed();
    }
    return segment.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /**
   * Returns a view of all elements.
   *
   * @throws IllegalStateException if the elements are not {@link ElementType#INT64} or the buffer
   *     is closed
   */
  public LongBuffer longs() {
    require(ElementType.INT64);
    return bytes().asLongBuffer();
  }

  /**
   * Returns a view of all elements.
   *
   * @throws IllegalStateException if the elements are not {@link ElementType#INT32} or the buffer
   *     is closed
   */
  public IntBuffer ints() {
    require(ElementType.INT32);
    return bytes().asIntBuffer();
  }

  /**
   * Returns a view of all elements.
   *
   * @throws IllegalStateException if the elements are not {@link ElementType#FLOAT32} or the buffer
   *     is closed
   */
  public FloatBuffer floats() {
    require(ElementType.FLOAT32);
    return bytes().asFloatBuffer();
  }

  /**
   * Frees the memory; a second call does nothing.
   *
   * @throws IllegalStateException if an assembly call uses the buffer now; it stays open
   */
  @Override
  public void close() {
    if (pins.compareAndSet(0, CLOSED)) {
      if (arena != null) {
        arena.close();
      }
    } else if (pins.get() != CLOSED) {
      throw new IllegalStateException("the buffer is in use by an assembly call");
    }
  }

  MemorySegment segment() {
    return segment;
  }

  /** Keeps the memory until {@link #unpin()}. */
  void pin() {
    int held = pins.get();
    while (held != CLOSED) {
      if (pins.compareAndSet(held, held + 1)) {
        return;
      }
      held = pins.get();
    }
    throw closed();
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the buffer is closed");
  }

  void unpin() {
    pins.decrementAndGet();
  }

  void require(ElementType expected) {
    if (elementType != expected) {
      throw new IllegalStateException("elements are " + elementType + ", not " + expected);
    }
  }
}
