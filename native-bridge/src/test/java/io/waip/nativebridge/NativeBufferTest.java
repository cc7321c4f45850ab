package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeBufferTest {
  @ParameterizedTest
  @EnumSource
  void holdsWholeElements(ElementType type) {
    try (NativeBuffer buffer = NativeBuffer.allocate(type, 7)) {
      assertThat(buffer.elementType()).isEqualTo(type);
      assertThat(buffer.elements()).isEqualTo(7);
      assertThat(buffer.byteSize()).isEqualTo(7L * type.bytes());
      assertThat(RaggedCase.contentsOf(buffer)).hasSize(7 * type.bytes()).containsOnly(0);
      assertThat(buffer.segment().address() % 64).isZero();
    }
  }

  @Test
  void viewsAreDirectNativeOrderAndShareTheMemory() {
    try (NativeBuffer buffer = NativeBuffer.allocate(ElementType.INT64, 2)) {
      assertThat(buffer.longs().isDirect()).isTrue();
      assertThat(buffer.longs().order()).isEqualTo(ByteOrder.nativeOrder());
      assertThat(buffer.bytes().order()).isEqualTo(ByteOrder.nativeOrder());
      buffer.longs().put(1, 42);
      assertThat(buffer.bytes().getLong(8)).isEqualTo(42);
    }
    try (NativeBuffer buffer = NativeBuffer.allocate(ElementType.INT32, 1)) {
      buffer.ints().put(0, 7);
      assertThat(buffer.bytes().getInt(0)).isEqualTo(7);
    }
    try (NativeBuffer buffer = NativeBuffer.allocate(ElementType.FLOAT32, 1)) {
      buffer.floats().put(0, 0.5f);
      assertThat(buffer.bytes().getFloat(0)).isEqualTo(0.5f);
    }
  }

  @Test
  void viewsOfAnotherTypeAreRefused() {
    try (NativeBuffer buffer = NativeBuffer.allocate(ElementType.FLOAT16, 2)) {
      assertThatIllegalStateException().isThrownBy(buffer::longs).withMessageContaining("FLOAT16");
      assertThatIllegalStateException().isThrownBy(buffer::ints);
      assertThatIllegalStateException().isThrownBy(buffer::floats);
    }
  }

  @Test
  void mayBeEmpty() {
    try (NativeBuffer buffer = NativeBuffer.allocate(ElementType.INT64, 0)) {
      assertThat(buffer.longs().remaining()).isZero();
    }
  }

  @Test
  void sizesOutOfRangeAreRefusedWithTheRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBuffer.allocate(ElementType.INT64, -1))
        .withMessageContaining("allowed are 0 to 268435455");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBuffer.allocate(ElementType.INT64, 268_435_456));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBuffer.allocate(ElementType.INT8, Long.MAX_VALUE));
  }

  @Test
  void wrapsTheRestOfADirectBuffer() {
    ByteBuffer direct = ByteBuffer.allocateDirect(32).position(8).limit(24);
    try (NativeBuffer wrapped = NativeBuffer.wrap(ElementType.INT64, direct)) {
      assertThat(wrapped.elements()).isEqualTo(2);
      wrapped.longs().put(0, 9);
    }
    assertThat(direct.order(ByteOrder.nativeOrder()).getLong(8)).isEqualTo(9);
  }

  @Test
  void buffersThatCannotBeWrappedAreRefused() {
    ByteBuffer direct = ByteBuffer.allocateDirect(15);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBuffer.wrap(ElementType.INT64, ByteBuffer.allocate(8)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBuffer.wrap(ElementType.INT8, direct.asReadOnlyBuffer()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBuffer.wrap(ElementType.INT64, direct))
        .withMessageContaining("15 bytes");
  }

  @Test
  void closingTwiceDoesNothing() {
    NativeBuffer buffer = NativeBuffer.allocate(ElementType.INT8, 1);
    buffer.close();
    buffer.close();
    assertThatIllegalStateException().isThrownBy(buffer::bytes);
    assertThatIllegalStateException().isThrownBy(buffer::pin);
  }

  @Test
  void closingDuringACallIsRefusedAndWorksAfterIt() {
    NativeBuffer buffer = NativeBuffer.allocate(ElementType.INT8, 1);
    buffer.pin();
    buffer.pin();
    assertThatIllegalStateException().isThrownBy(buffer::close).withMessageContaining("in use");
    buffer.unpin();
    assertThatIllegalStateException().isThrownBy(buffer::close);
    assertThat(buffer.bytes().remaining()).isEqualTo(1);
    buffer.unpin();
    buffer.close();
    assertThatIllegalStateException().isThrownBy(buffer::bytes);
  }
}
