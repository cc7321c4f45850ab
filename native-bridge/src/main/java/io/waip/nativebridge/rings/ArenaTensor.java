package io.waip.nativebridge.rings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A dense tensor in a slot of the arena: a view, not a copy.
 *
 * @param name as the model names it
 * @param type of every element
 * @param shape row-major, batch axis first
 * @param data exactly the elements, little-endian and aligned to 64 bytes; valid while the slot is
 *     running
 */
@SuppressWarnings("ArrayRecordComponent") // made once for each execution, and never compared
public record ArenaTensor(String name, TensorType type, long[] shape, ByteBuffer data) {
  /** Puts the view into the order of the machine. */
  public ArenaTensor {
    data = data.order(ByteOrder.nativeOrder());
  }

  /** Returns the number of elements. */
  public long elements() {
    return data.capacity() / type.bytes();
  }
}
