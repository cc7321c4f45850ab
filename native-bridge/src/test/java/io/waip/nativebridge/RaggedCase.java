package io.waip.nativebridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One ragged batch and the naive model of what becomes of it, byte by byte.
 *
 * @param lengths positions of each row
 * @param extraPadding positions the tensor is padded beyond the longest row
 * @param seed of all contents
 */
record RaggedCase(
    ElementType type, int width, List<Integer> lengths, int extraPadding, long padBits, long seed) {

  /** Elements between two rows in the store, which no call may touch. */
  private static final int GAP = 1;

  int padded() {
    return (lengths.isEmpty() ? 0 : Collections.max(lengths)) + extraPadding;
  }

  int denseElements() {
    return lengths.size() * padded() * width;
  }

  int denseBytes() {
    return denseElements() * type.bytes();
  }

  int rowBytes(int row) {
    return lengths.get(row) * width * type.bytes();
  }

  /** First element of a row in the store. */
  int offset(int row) {
    int offset = GAP;
    for (int before = 0; before < row; before++) {
      offset += lengths.get(before) * width + GAP;
    }
    return offset;
  }

  int storeElements() {
    return offset(lengths.size());
  }

  /** Random contents of the store of all rows. */
  byte[] storeContents() {
    return contents(storeElements() * type.bytes(), seed);
  }

  /** Random contents of a dense tensor, different from the store's. */
  byte[] denseContents() {
    return contents(denseBytes(), seed + 1);
  }

  private static byte[] contents(int bytes, long seed) {
    byte[] contents = new byte[bytes];
    new Random(seed).nextBytes(contents);
    return contents;
  }

  byte[] expectedGather() {
    byte[] store = storeContents();
    byte[] dense = new byte[denseBytes()];
    int pitch = padded() * width * type.bytes();
    for (int at = 0; at < dense.length; at++) {
      int row = at / pitch;
      int within = at % pitch;
      dense[at] =
          within < rowBytes(row)
              ? store[offset(row) * type.bytes() + within]
              : padByte(within % type.bytes());
    }
    return dense;
  }

  long[] expectedMask() {
    long[] mask = new long[lengths.size() * padded()];
    for (int at = 0; at < mask.length; at++) {
      mask[at] = at % padded() < lengths.get(at / padded()) ? 1 : 0;
    }
    return mask;
  }

  /** The store after {@link #denseContents} was scattered to its rows. */
  byte[] expectedScatter() {
    byte[] store = storeContents();
    byte[] dense = denseContents();
    int pitch = padded() * width * type.bytes();
    for (int row = 0; row < lengths.size(); row++) {
      for (int within = 0; within < rowBytes(row); within++) {
        store[offset(row) * type.bytes() + within] = dense[row * pitch + within];
      }
    }
    return store;
  }

  private byte padByte(int place) {
    int shift =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? place : type.bytes() - 1 - place;
    return (byte) (padBits >>> (8 * shift));
  }

  /** Puts contents at the start of a buffer. */
  static void fill(NativeBuffer buffer, byte[] contents) {
    buffer.bytes().put(contents);
  }

  /** The whole of a buffer. */
  static byte[] contentsOf(NativeBuffer buffer) {
    ByteBuffer view = buffer.bytes();
    byte[] contents = new byte[view.remaining()];
    view.get(contents);
    return contents;
  }

  /** The rows in their store. */
  RaggedRows rowsIn(NativeBuffer store) {
    RaggedRows rows = new RaggedRows(type, width, Math.max(1, lengths.size()));
    for (int row = 0; row < lengths.size(); row++) {
      rows.add(store, offset(row), lengths.get(row));
    }
    return rows;
  }
}
