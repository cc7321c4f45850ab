package io.waip.onnxruntime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import io.waip.api.agreement.AnswerRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseTensorTest {
  /** Two rows of three positions of two values: 0 to 11. */
  private static DenseTensor counting() {
    ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
    for (int i = 0; i < 12; i++) {
      data.putFloat(i * Float.BYTES, i);
    }
    return new DenseTensor("y", OnnxJavaType.FLOAT, List.of(2L, 3L, 2L), data);
  }

  private static float[] values(AnswerRow row) {
    float[] values = new float[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.value(i);
    }
    return values;
  }

  @Test
  void anAnswerKeepsTheRealPositionsOfItsRow() {
    BitSet real = new BitSet();
    real.set(0);
    real.set(2);
    AnswerRow answer = counting().answer(1, real);
    assertThat(values(answer)).containsExactly(6, 7, 10, 11);
    assertThat(answer.positions()).isEqualTo(2);
  }

  @Test
  void withoutPositionsAnAnswerIsTheWholeRow() {
    AnswerRow answer = counting().answer(0, new BitSet());
    assertThat(values(answer)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(answer.positions()).isEqualTo(1);
  }

  @Test
  void aRowIsCopiedAsABatchOfItsOwn() {
    DenseTensor tensor = counting();
    DenseTensor row = tensor.copyOfRow(1);
    DenseTensor all = tensor.copy();
    tensor.data().putFloat(24, 99);
    assertThat(row.shape()).containsExactly(1L, 3L, 2L);
    assertThat(values(row.answer(0, new BitSet()))).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(values(all.answer(1, new BitSet()))).startsWith(6);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(
            () -> new DenseTensor("y", OnnxJavaType.FLOAT, List.of(2L, 3L), ByteBuffer.allocate(8)))
        .hasMessageContaining("'y'")
        .hasMessageContaining("8 bytes");
    BitSet fourth = new BitSet();
    fourth.set(3);
    assertThatThrownBy(() -> counting().answer(0, fourth)).hasMessageContaining("position 3");
    DenseTensor ids =
        new DenseTensor("ids", OnnxJavaType.INT32, List.of(2L), ByteBuffer.allocate(8));
    assertThatThrownBy(() -> ids.answer(0, new BitSet())).hasMessageContaining("float32");
  }
}
