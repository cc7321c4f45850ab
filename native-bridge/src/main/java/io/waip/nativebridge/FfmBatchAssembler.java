package io.waip.nativebridge;

/** The assembler in C: one downcall per tensor and batch, whatever the number of rows. */
final class FfmBatchAssembler extends AbstractBatchAssembler {
  private final BridgeLibrary library;

  FfmBatchAssembler(BridgeLibrary library) {
    this.library = library;
  }

  @Override
  public String name() {
    return "ffm";
  }

  @Override
  int gatherPinned(RaggedRows rows, long paddedLength, long padBits, NativeBuffer out) {
    return library.gather(rows, paddedLength, padBits, out);
  }

  @Override
  int maskPinned(RaggedRows rows, long paddedLength, NativeBuffer out) {
    return library.mask(rows, paddedLength, out);
  }

  @Override
  int scatterPinned(NativeBuffer dense, long paddedLength, RaggedRows rows) {
    return library.scatter(dense, paddedLength, rows);
  }
}
