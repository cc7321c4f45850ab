package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import io.waip.nativebridge.ElementType;
import io.waip.nativebridge.NativeBuffer;
import io.waip.onnxruntime.Signature.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTensorTest {
  private static final Port HIDDEN =
      new Port("hidden", ElementType.FLOAT32, List.of(Signature.LENGTH, 2));

  @Test
  void growsToTheLargestBatchAndKeepsThatMemory() {
    try (BatchTensor tensor = new BatchTensor(HIDDEN)) {
      NativeBuffer small = tensor.reserve(1, 4);
      NativeBuffer large = tensor.reserve(64, 64);

      assertThat(large).isNotSameAs(small);
      assertThat(large.elements()).isEqualTo(64 * 64 * 2);
      assertThat(tensor.reserve(2, 4)).isSameAs(large);
    }
  }

  @Test
  void aTensorViewsTheMemoryWithTheShapeOfTheBatch() throws Exception {
    try (BatchTensor tensor = new BatchTensor(HIDDEN)) {
      NativeBuffer memory = tensor.reserve(2, 3);
      memory.floats().put(0, 5f).put(11, 6f);
      try (OnnxTensor view = tensor.tensor(2, 3)) {
        assertThat(view.getInfo().getShape()).containsExactly(2, 3, 2);
        assertThat(view.getFloatBuffer().get(0)).isEqualTo(5);
        assertThat(view.getFloatBuffer().get(11)).isEqualTo(6);
      }
    }
  }

  @Test
  void aRowLeavesItsPaddingBehind() {
    try (BatchTensor tensor = new BatchTensor(HIDDEN)) {
      NativeBuffer memory = tensor.reserve(2, 3);
      for (int i = 0; i < 12; i++) {
        memory.floats().put(i, i);
      }

      assertThat(tensor.row(0, 1, 3)).containsExactly(0, 1);
      assertThat(tensor.row(1, 2, 3)).containsExactly(6, 7, 8, 9);
    }
  }

  @Test
  void refusesABatchBeyondTwoGibibytes() {
    try (BatchTensor tensor = new BatchTensor(HIDDEN)) {
      assertThatThrownBy(() -> tensor.reserve(1 << 20, 1 << 10))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
