package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

/**
 * What every {@link BatchAssembler} must do; random batches are compared with {@link RaggedCase}.
 */
abstract class BatchAssemblerContract {
  private static final String SEED = "20260101";
  private static final int TRIES = 500;

  /** The implementation under test. */
  abstract BatchAssembler assembler();

  @Provide
  Arbitrary<RaggedCase> batches() {
    Arbitrary<ElementType> types = Arbitraries.of(ElementType.class);
    Arbitrary<Integer> widths = Arbitraries.integers().between(1, 5);
    Arbitrary<List<Integer>> lengths =
        Arbitraries.integers().between(0, 40).list().ofMinSize(0).ofMaxSize(12);
    Arbitrary<Integer> extra = Arbitraries.integers().between(0, 3);
    return Combinators.combine(
            types, widths, lengths, extra, Arbitraries.longs(), Arbitraries.longs())
        .as(RaggedCase::new);
  }

  private static void reportReached(RaggedCase batch) {
    Statistics.label("element bytes")
        .collect(batch.type().bytes())
        .coverage(c -> reached(c, 1, 2, 4, 8));
    Statistics.label("no rows")
        .collect(batch.lengths().isEmpty())
        .coverage(c -> reached(c, true, false));
    Statistics.label("an empty row")
        .collect(batch.lengths().contains(0))
        .coverage(c -> reached(c, true, false));
    Statistics.label("an exact fit")
        .collect(batch.extraPadding() == 0)
        .coverage(c -> reached(c, true, false));
    Statistics.label("several elements a position")
        .collect(batch.width() > 1)
        .coverage(c -> reached(c, true, false));
  }

  private static void reached(StatisticsCoverage coverage, Object... states) {
    for (Object state : states) {
      coverage.check(state).count(n -> n > 0);
    }
  }

  @Property(seed = SEED, tries = TRIES)
  void gathersAnyBatch(@ForAll("batches") RaggedCase batch) {
    reportReached(batch);
    checkGather(batch);
  }

  @Property(seed = SEED, tries = TRIES)
  void masksAnyBatch(@ForAll("batches") RaggedCase batch) {
    reportReached(batch);
    checkMask(batch);
  }

  @Property(seed = SEED, tries = TRIES)
  void scattersAnyBatch(@ForAll("batches") RaggedCase batch) {
    reportReached(batch);
    checkScatter(batch);
  }

  @Property(seed = SEED, tries = TRIES)
  void refusesAnyRowAboveThePaddedLength(@ForAll("batches") RaggedCase batch) {
    checkRowLengthRefusal(batch);
  }

  @Property(seed = SEED, tries = TRIES)
  void refusesAnyTensorOneElementShort(@ForAll("batches") RaggedCase batch) {
    checkCapacityRefusal(batch);
  }

  final void checkGather(RaggedCase batch) {
    try (NativeBuffer store = NativeBuffer.allocate(batch.type(), batch.storeElements());
        NativeBuffer out = NativeBuffer.allocate(batch.type(), batch.denseElements() + 2L)) {
      RaggedCase.fill(store, batch.storeContents());
      RaggedCase.fill(out, batch.denseContents());
      assembler().gather(batch.rowsIn(store), batch.padded(), batch.padBits(), out);
      byte[] expected =
          Arrays.copyOf(batch.expectedGather(), batch.denseBytes() + 2 * batch.type().bytes());
      assertThat(RaggedCase.contentsOf(out)).isEqualTo(expected);
      assertThat(RaggedCase.contentsOf(store)).isEqualTo(batch.storeContents());
    }
  }

  final void checkMask(RaggedCase batch) {
    long[] expected = batch.expectedMask();
    try (NativeBuffer store = NativeBuffer.allocate(batch.type(), batch.storeElements());
        NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, expected.length + 1L)) {
      out.longs().put(expected.length, 77);
      assembler().mask(batch.rowsIn(store), batch.padded(), out);
      long[] found = new long[expected.length];
      out.longs().get(found);
      assertThat(found).isEqualTo(expected);
      assertThat(out.longs().get(expected.length)).isEqualTo(77);
    }
  }

  final void checkScatter(RaggedCase batch) {
    try (NativeBuffer store = NativeBuffer.allocate(batch.type(), batch.storeElements());
        NativeBuffer dense = NativeBuffer.allocate(batch.type(), batch.denseElements())) {
      RaggedCase.fill(store, batch.storeContents());
      RaggedCase.fill(dense, batch.denseContents());
      assembler().scatter(dense, batch.padded(), batch.rowsIn(store));
      assertThat(RaggedCase.contentsOf(store)).isEqualTo(batch.expectedScatter());
      assertThat(RaggedCase.contentsOf(dense)).isEqualTo(batch.denseContents());
    }
  }

  final void checkRowLengthRefusal(RaggedCase batch) {
    int longest = batch.padded() - batch.extraPadding();
    if (longest > 0) {
      checkRefusal(batch, longest - 1L, batch.denseElements(), NativeStatus.ROW_LENGTH);
    }
  }

  final void checkCapacityRefusal(RaggedCase batch) {
    if (batch.denseElements() > 0) {
      checkRefusal(batch, batch.padded(), batch.denseElements() - 1L, NativeStatus.CAPACITY);
    }
  }

  /** All three calls refuse with a status and leave every byte as it was. */
  private void checkRefusal(RaggedCase batch, long padded, long elements, NativeStatus status) {
    long maskElements = status == NativeStatus.CAPACITY ? elements / batch.width() : elements;
    try (NativeBuffer store = NativeBuffer.allocate(batch.type(), batch.storeElements());
        NativeBuffer dense = NativeBuffer.allocate(batch.type(), elements);
        NativeBuffer mask = NativeBuffer.allocate(ElementType.INT64, maskElements)) {
      byte[] denseBefore = Arrays.copyOf(batch.denseContents(), (int) dense.byteSize());
      RaggedCase.fill(store, batch.storeContents());
      RaggedCase.fill(dense, denseBefore);
      RaggedRows rows = batch.rowsIn(store);
      assertRefused("gather", status, () -> assembler().gather(rows, padded, 1, dense));
      assertRefused("scatter", status, () -> assembler().scatter(dense, padded, rows));
      assertRefused("mask", status, () -> assembler().mask(rows, padded, mask));
      assertThat(RaggedCase.contentsOf(store)).isEqualTo(batch.storeContents());
      assertThat(RaggedCase.contentsOf(dense)).isEqualTo(denseBefore);
      assertThat(RaggedCase.contentsOf(mask)).isEqualTo(new byte[(int) mask.byteSize()]);
    }
  }

  private static void assertRefused(String call, NativeStatus status, Runnable action) {
    assertThatExceptionOfType(NativeException.class)
        .isThrownBy(action::run)
        .satisfies(e -> {
          assertThat(e.status()).isEqualTo(status);
          assertThat(e.call()).isEqualTo(call);
        });
  }

  @Example
  void gathersAndMasksTokensFromASlab() {
    try (RowSlab slab = RowSlab.allocate(ElementType.INT64, 1, 4, 8);
        NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 8)) {
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 4);
      rows.add(slab, slotWith(slab, 101, 7592, 102));
      rows.add(slab, slotWith(slab, 101, 102));
      assembler().gather(rows, 4, -1, out);
      assertThat(longs(out)).containsExactly(101, 7592, 102, -1, 101, 102, -1, -1);
      assembler().mask(rows, 4, out);
      assertThat(longs(out)).containsExactly(1, 1, 1, 0, 1, 1, 0, 0);
    }
  }

  @Example
  void scattersPooledVectorsToSlots() {
    try (RowSlab vectors = RowSlab.allocate(ElementType.FLOAT32, 3, 2, 1);
        NativeBuffer dense = NativeBuffer.allocate(ElementType.FLOAT32, 6)) {
      dense.floats().put(new float[] {1, 2, 3, 4, 5, 6});
      int first = vectors.acquire();
      int second = vectors.acquire();
      vectors.resize(first, 1);
      vectors.resize(second, 1);
      RaggedRows rows = new RaggedRows(ElementType.FLOAT32, 3, 2);
      rows.add(vectors, first);
      rows.add(vectors, second);
      assembler().scatter(dense, 1, rows);
      float[] found = new float[6];
      assertThat(vectors.read(first, found, 0)).isEqualTo(3);
      assertThat(vectors.read(second, found, 3)).isEqualTo(3);
      assertThat(found).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Example
  void padsFloatsWithTheirBits() {
    try (NativeBuffer out = NativeBuffer.allocate(ElementType.FLOAT32, 2);
        NativeBuffer store = NativeBuffer.allocate(ElementType.FLOAT32, 1)) {
      RaggedRows rows = new RaggedRows(ElementType.FLOAT32, 1, 1);
      rows.add(store, 0, 0);
      assembler().gather(rows, 2, Float.floatToRawIntBits(-0.5f), out);
      assertThat(out.floats().get(0)).isEqualTo(-0.5f);
      assertThat(out.floats().get(1)).isEqualTo(-0.5f);
    }
  }

  @Example
  void writesNothingForNoRows() {
    try (NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 2)) {
      out.longs().put(0, 5);
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 1);
      assembler().gather(rows, 16, 9, out);
      assembler().mask(rows, 16, out);
      assembler().scatter(out, 16, rows);
      assertThat(longs(out)).containsExactly(5, 0);
    }
  }

  @Example
  void gathersTheSameRowTwice() {
    try (RowSlab slab = RowSlab.allocate(ElementType.INT64, 1, 1, 2);
        NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 2)) {
      int slot = slotWith(slab, 3);
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 2);
      rows.add(slab, slot);
      rows.add(slab, slot);
      assembler().gather(rows, 1, 0, out);
      assertThat(longs(out)).containsExactly(3, 3);
    }
  }

  @Example
  void movesARowOfTenMegabytes() {
    int elements = 10 * 1024 * 1024 / Long.BYTES;
    try (NativeBuffer store = NativeBuffer.allocate(ElementType.INT64, elements + 1L);
        NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 2L * elements)) {
      store.longs().put(0, 1).put(elements - 1, 2).put(elements, 3);
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 2);
      rows.add(store, 0, elements);
      rows.add(store, elements, 1);
      assembler().gather(rows, elements, 4, out);
      assertThat(out.longs().get(0)).isEqualTo(1);
      assertThat(out.longs().get(elements - 1)).isEqualTo(2);
      assertThat(out.longs().get(elements)).isEqualTo(3);
      assertThat(out.longs().get(2 * elements - 1)).isEqualTo(4);
      store.longs().put(0, 0).put(elements - 1, 0);
      assembler().scatter(out, elements, rows);
      assertThat(store.longs().get(0)).isEqualTo(1);
      assertThat(store.longs().get(elements - 1)).isEqualTo(2);
    }
  }

  @Example
  void usesWrappedDirectBuffers() {
    ByteBuffer direct = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
    direct.asLongBuffer().put(new long[] {1, 2, 3, 4});
    NativeBuffer tokens = NativeBuffer.wrap(ElementType.INT64, direct.position(8));
    try (NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 3)) {
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 1);
      rows.add(tokens, 1, 2);
      assembler().gather(rows, 3, 0, out);
      assertThat(longs(out)).containsExactly(3, 4, 0);
    }
  }

  @Example
  void refusesATensorThatSharesBytesWithARow() {
    try (NativeBuffer shared = NativeBuffer.allocate(ElementType.INT64, 8)) {
      shared.longs().put(new long[] {1, 2, 3, 4, 5, 6, 7, 8});
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 1);
      rows.add(shared, 3, 4);
      assertRefused("gather", NativeStatus.OVERLAP, () -> assembler().gather(rows, 4, 0, shared));
      assertRefused("scatter", NativeStatus.OVERLAP, () -> assembler().scatter(shared, 4, rows));
      assertThat(longs(shared)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }
  }

  @Example
  void takesARowRightBehindTheTensor() {
    try (NativeBuffer shared = NativeBuffer.allocate(ElementType.INT64, 4)) {
      shared.longs().put(new long[] {1, 2, 3, 4});
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 1);
      rows.add(shared, 2, 2);
      assembler().gather(rows, 2, 0, shared);
      assertThat(longs(shared)).containsExactly(3, 4, 3, 4);
    }
  }

  @Example
  void refusesSizesOutOfRange() {
    try (NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 4);
        NativeBuffer store = NativeBuffer.allocate(ElementType.INT64, 1)) {
      RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 2);
      rows.add(store, 0, 1);
      rows.add(store, 0, 1);
      assertAllRefused(rows, -1, out, NativeStatus.RANGE);
      assertAllRefused(rows, Long.MIN_VALUE, out, NativeStatus.RANGE);
      assertAllRefused(rows, Long.MAX_VALUE, out, NativeStatus.OVERFLOW);
      assertAllRefused(rows, Long.MAX_VALUE / 16 + 1, out, NativeStatus.OVERFLOW);
      assertAllRefused(rows, Long.MAX_VALUE / 16, out, NativeStatus.CAPACITY);
      assertAllRefused(rows, 3, out, NativeStatus.CAPACITY);
      assertAllRefused(rows, 0, out, NativeStatus.ROW_LENGTH);
      assertThat(longs(out)).containsOnly(0);
    }
  }

  private void assertAllRefused(
      RaggedRows rows, long padded, NativeBuffer dense, NativeStatus status) {
    assertRefused("gather", status, () -> assembler().gather(rows, padded, 1, dense));
    assertRefused("mask", status, () -> assembler().mask(rows, padded, dense));
    assertRefused("scatter", status, () -> assembler().scatter(dense, padded, rows));
  }

  @Example
  void carriesTheSizesOfARefusedCall() {
    try (NativeBuffer out = NativeBuffer.allocate(ElementType.INT32, 4);
        NativeBuffer store = NativeBuffer.allocate(ElementType.INT32, 10)) {
      RaggedRows rows = new RaggedRows(ElementType.INT32, 2, 3);
      rows.add(store, 0, 5);
      assertThatExceptionOfType(NativeException.class)
          .isThrownBy(() -> assembler().gather(rows, 7, 0, out))
          .withMessageContainingAll("gather", "CAPACITY", "paddedLength=7")
          .satisfies(e -> assertThat(e.sizes()).isEqualTo(new CallSizes(1, 5, 7, 2, 4, 16)));
    }
  }

  @Example
  void refusesATensorOfAnotherElementType() {
    try (NativeBuffer floats = NativeBuffer.allocate(ElementType.FLOAT32, 4)) {
      RaggedRows rows = new RaggedRows(ElementType.INT32, 1, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> assembler().gather(rows, 1, 0, floats))
          .withMessageContainingAll("FLOAT32", "INT32");
      assertThatIllegalArgumentException().isThrownBy(() -> assembler().scatter(floats, 1, rows));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> assembler().mask(rows, 1, floats))
          .withMessageContaining("INT64");
    }
  }

  @Example
  void refusesClosedBuffersAndLetsGoOfTheOthers() {
    NativeBuffer closed = NativeBuffer.allocate(ElementType.INT64, 2);
    NativeBuffer open = NativeBuffer.allocate(ElementType.INT64, 2);
    RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 2);
    rows.add(open, 0, 1);
    rows.add(closed, 0, 1);
    closed.close();
    NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 2);
    assertThatIllegalStateException().isThrownBy(() -> assembler().gather(rows, 1, 0, out));
    assertThatIllegalStateException().isThrownBy(() -> assembler().mask(rows, 1, closed));
    assertThatIllegalStateException().isThrownBy(() -> assembler().scatter(out, 1, rows));
    open.close();
    out.close();
  }

  @Example
  void letsGoOfBuffersAfterEachCall() {
    NativeBuffer store = NativeBuffer.allocate(ElementType.INT64, 2);
    NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, 2);
    RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 1);
    rows.add(store, 0, 2);
    assembler().gather(rows, 2, 0, out);
    assembler().mask(rows, 2, out);
    assembler().scatter(out, 2, rows);
    assertRefused("gather", NativeStatus.ROW_LENGTH, () -> assembler().gather(rows, 1, 0, out));
    store.close();
    out.close();
    assertThatIllegalStateException().isThrownBy(out::bytes);
  }

  private static int slotWith(RowSlab slab, long... tokens) {
    int slot = slab.acquire();
    slab.write(slot, tokens, 0, tokens.length);
    return slot;
  }

  private static long[] longs(NativeBuffer buffer) {
    long[] found = new long[Math.toIntExact(buffer.elements())];
    buffer.longs().get(found);
    return found;
  }
}
