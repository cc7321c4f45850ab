package io.waip.triton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void elementsComeBackAsTheyWentIn() {
    assertThat(Tensor.float32("x", List.of(2L), 1f, -2f).toFloats()).containsExactly(1f, -2f);
    assertThat(Tensor.int64("x", List.of(1L), Long.MIN_VALUE).toLongs())
        .containsExactly(Long.MIN_VALUE);
    assertThat(Tensor.texts("x", List.of(2L), "", "ä").toTexts()).containsExactly("", "ä");
    assertThat(Tensor.int32("x", List.of(1L), 258).content().get(1)).isEqualTo((byte) 1);
  }

  @Test
  void readingAViewMovesNobodyElse() {
    Tensor tensor = Tensor.int64("x", List.of(1L), 3);
    tensor.content().getLong();

    assertThat(tensor.content().remaining()).isEqualTo(8);
    assertThat(tensor.toLongs()).containsExactly(3);
  }

  @Test
  void anotherTypeIsNotReadAsThisOne() {
    assertThatThrownBy(() -> Tensor.int64("x", List.of(1L), 3).toFloats())
        .hasMessage("tensor x is INT64, not FP32");
  }

  @Test
  void aCallNamesAModelAndHasAnInput() {
    assertThatThrownBy(() -> InferCall.to("").input(Tensor.int64("x", List.of(1L), 3)).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InferCall.to("m").build()).hasMessage("a call to m has no input");
  }
}
