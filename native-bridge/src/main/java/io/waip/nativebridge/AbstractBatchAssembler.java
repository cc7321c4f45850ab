package io.waip.nativebridge;

/** What both assemblers share: element types, pinning, and a status turned into an exception. */
abstract class AbstractBatchAssembler implements BatchAssembler {
  @Override
  public final void gather(RaggedRows rows, long paddedLength, long padBits, NativeBuffer out) {
    requireType(out, rows.elementType());
    pin(rows, out);
    int status;
    try {
      status = gatherPinned(rows, paddedLength, padBits, out);
    } finally {
      unpin(rows, out);
    }
    if (status != NativeStatus.OK.code()) {
      throw refused("gather", status, sizes(rows, paddedLength, out));
    }
  }

  @Override
  public final void mask(RaggedRows rows, long paddedLength, NativeBuffer out) {
    requireType(out, ElementType.INT64);
    pin(rows, out);
    int status;
    try {
      status = maskPinned(rows, paddedLength, out);
    } finally {
      unpin(rows, out);
    }
    if (status != NativeStatus.OK.code()) {
      throw refused("mask", status, sizes(rows, paddedLength, out));
    }
  }

  @Override
  public final void scatter(NativeBuffer dense, long paddedLength, RaggedRows rows) {
    requireType(dense, rows.elementType());
    pin(rows, dense);
    int status;
    try {
      status = scatterPinned(dense, paddedLength, rows);
    } finally {
      unpin(rows, dense);
    }
    if (status != NativeStatus.OK.code()) {
      throw refused("scatter", status, sizes(rows, paddedLength, dense));
    }
  }

  /** As {@link #gather}, with buffers that stay open; returns a status code. */
  abstract int gatherPinned(RaggedRows rows, long paddedLength, long padBits, NativeBuffer out);

  /** As {@link #mask}, with buffers that stay open; returns a status code. */
  abstract int maskPinned(RaggedRows rows, long paddedLength, NativeBuffer out);

  /** As {@link #scatter}, with buffers that stay open; returns a status code. */
  abstract int scatterPinned(NativeBuffer dense, long paddedLength, RaggedRows rows);

  private static void pin(RaggedRows rows, NativeBuffer dense) {
    dense.pin();
    try {
      rows.pin();
    } catch (IllegalStateException e) {
      dense.unpin();
      throw e;
    }
  }

  private static void unpin(RaggedRows rows, NativeBuffer dense) {
    rows.unpin();
    dense.unpin();
  }

  private static void requireType(NativeBuffer dense, ElementType expected) {
    if (dense.elementType() != expected) {
      throw new IllegalArgumentException(
          "the dense tensor has %s, needed is %s".formatted(dense.elementType(), expected));
    }
  }

  private static CallSizes sizes(RaggedRows rows, long paddedLength, NativeBuffer dense) {
    return new CallSizes(
        rows.count(),
        rows.maxLength(),
        paddedLength,
        rows.width(),
        dense.elementType().bytes(),
        dense.byteSize());
  }

  private static NativeException refused(String call, int status, CallSizes sizes) {
    return new NativeException(NativeStatus.of(status), call, sizes);
  }
}
