package io.waip.nativebridge;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** The assembler in Java with one planted fault. */
final class FaultyBatchAssembler implements BatchAssembler {
  private final BatchAssembler sound = BatchAssemblers.java();
  private final PlantedFault fault;

  FaultyBatchAssembler(PlantedFault fault) {
    this.fault = fault;
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public void gather(RaggedRows rows, long paddedLength, long padBits, NativeBuffer out) {
    before(rows, out);
    try {
      sound.gather(rows, paddedLength, has(PlantedFault.PADS_WITH_ZERO) ? 0 : padBits, out);
    } catch (NativeException e) {
      if (has(PlantedFault.CUTS_LONG_ROWS) && e.status() == NativeStatus.ROW_LENGTH) {
        return;
      }
      throw confused(e);
    }
    long tensorBytes = rows.count() * paddedLength * rows.width() * out.elementType().bytes();
    if (has(PlantedFault.LOSES_THE_LAST_ELEMENT) && tensorBytes > 0) {
      flip(out, tensorBytes - 1);
    }
    if (has(PlantedFault.WRITES_BEHIND_THE_TENSOR) && tensorBytes < out.byteSize()) {
      flip(out, tensorBytes);
    }
    if (has(PlantedFault.LEAVES_A_PIN)) {
      out.pin();
    }
  }

  @Override
  public void mask(RaggedRows rows, long paddedLength, NativeBuffer out) {
    sound.mask(rows, paddedLength, out);
    LongBuffer view = out.longs();
    for (int at = 0; at < rows.count() * paddedLength; at++) {
      if (has(PlantedFault.MASKS_NOTHING)) {
        view.put(at, 1);
      } else if (has(PlantedFault.MASKS_WITH_MINUS_ONE)) {
        view.put(at, -view.get(at));
      }
    }
  }

  @Override
  public void scatter(NativeBuffer dense, long paddedLength, RaggedRows rows) {
    if (has(PlantedFault.FORGETS_TO_SCATTER)) {
      return;
    }
    sound.scatter(dense, paddedLength, rows);
    for (int row = 0; row < rows.count() && has(PlantedFault.SCATTERS_PADDING); row++) {
      flipRowByte(rows, row, rowBytes(rows, row));
    }
    for (int row = 0; row < rows.count() && has(PlantedFault.SCATTERS_SHIFTED); row++) {
      if (rows.length(row) > 0) {
        flipRowByte(rows, row, 0);
      }
    }
  }

  private void before(RaggedRows rows, NativeBuffer out) {
    if (has(PlantedFault.WRITES_BEFORE_IT_REFUSES) && out.byteSize() > 0) {
      flip(out, 0);
    }
    if (has(PlantedFault.REFUSES_NO_ROWS) && rows.count() == 0) {
      throw new NativeException(NativeStatus.RANGE, "gather", new CallSizes(0, 0, 0, 1, 8, 0));
    }
  }

  private NativeException confused(NativeException real) {
    return has(PlantedFault.CONFUSES_STATUSES)
        ? new NativeException(NativeStatus.CAPACITY, real.call(), real.sizes())
        : real;
  }

  private boolean has(PlantedFault wanted) {
    return fault == wanted;
  }

  private static long rowBytes(RaggedRows rows, int row) {
    return (long) rows.length(row) * rows.width() * rows.elementType().bytes();
  }

  private static void flipRowByte(RaggedRows rows, int row, long place) {
    ByteBuffer store = rows.rowSegment(row).asByteBuffer();
    int at = Math.toIntExact(rows.rowByteOffset(row) + place);
    store.put(at, (byte) ~store.get(at));
  }

  private static void flip(NativeBuffer buffer, long place) {
    int at = Math.toIntExact(place);
    ByteBuffer view = buffer.bytes();
    view.put(at, (byte) ~view.get(at));
  }
}
