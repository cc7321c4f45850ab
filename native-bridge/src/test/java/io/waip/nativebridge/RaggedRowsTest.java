package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RaggedRowsTest {
  private final NativeBuffer store = NativeBuffer.allocate(ElementType.INT32, 12);
  private final RaggedRows rows = new RaggedRows(ElementType.INT32, 2, 2);

  @AfterEach
  void free() {
    store.close();
  }

  @Test
  void knowsItsRowsAndTheLongest() {
    assertThat(rows.maxLength()).isZero();
    rows.add(store, 0, 4);
    rows.add(store, 8, 1);
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.length(0)).isEqualTo(4);
    assertThat(rows.length(1)).isEqualTo(1);
    assertThat(rows.maxLength()).isEqualTo(4);
    assertThat(rows.maxRows()).isEqualTo(2);
    assertThat(rows.width()).isEqualTo(2);
    assertThat(rows.elementType()).isEqualTo(ElementType.INT32);
  }

  @Test
  void isEmptyAfterClear() {
    rows.add(store, 0, 4);
    rows.clear();
    assertThat(rows.count()).isZero();
    assertThat(rows.maxLength()).isZero();
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rows.length(0));
    rows.add(store, 0, 1);
    assertThat(rows.maxLength()).isEqualTo(1);
  }

  @Test
  void refusesMoreRowsThanItHolds() {
    rows.add(store, 0, 1);
    rows.add(store, 0, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> rows.add(store, 0, 1))
        .withMessageContaining("2 rows");
    assertThat(rows.count()).isEqualTo(2);
  }

  @Test
  void refusesRowsOutsideTheirBuffer() {
    rows.add(store, 0, 6);
    assertOutOfBounds(0, 7);
    assertOutOfBounds(1, 6);
    assertOutOfBounds(-1, 1);
    assertOutOfBounds(0, -1);
    assertOutOfBounds(Long.MAX_VALUE, 1);
    assertOutOfBounds(0, Integer.MAX_VALUE);
    assertThat(rows.count()).isEqualTo(1);
  }

  private void assertOutOfBounds(long offset, int length) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> rows.add(store, offset, length));
  }

  @Test
  void refusesRowsOfAnotherShape() {
    try (NativeBuffer floats = NativeBuffer.allocate(ElementType.FLOAT32, 4);
        RowSlab narrow = RowSlab.allocate(ElementType.INT32, 1, 1, 4);
        RowSlab longs = RowSlab.allocate(ElementType.INT64, 2, 1, 4)) {
      assertThatIllegalArgumentException().isThrownBy(() -> rows.add(floats, 0, 1));
      int narrowSlot = narrow.acquire();
      int longSlot = longs.acquire();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rows.add(narrow, narrowSlot))
          .withMessageContaining("INT32 x 1");
      assertThatIllegalArgumentException().isThrownBy(() -> rows.add(longs, longSlot));
    }
  }

  @Test
  void refusesASlotThatIsNotHeld() {
    try (RowSlab slab = RowSlab.allocate(ElementType.INT32, 2, 1, 4)) {
      assertThatIllegalStateException().isThrownBy(() -> rows.add(slab, 0));
      assertThatIllegalStateException().isThrownBy(() -> rows.add(slab, RowSlab.NONE));
      assertThat(rows.count()).isZero();
    }
  }

  @Test
  void refusesSizesBelowOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RaggedRows(ElementType.INT8, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RaggedRows(ElementType.INT8, 1, 0));
  }
}
