package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.ElementType;
import io.waip.onnxruntime.Signature.Port;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final Port TOKENS = new Port("ids", ElementType.INT64, List.of(Signature.LENGTH));
  private static final Port HIDDEN =
      new Port("hidden", ElementType.FLOAT32, List.of(Signature.LENGTH, 384));
  private static final Port IMAGE = new Port("image", ElementType.FLOAT32, List.of(3, 8, 8));
  private static final Port SCALAR = new Port("flag", ElementType.INT32, List.of());

  @Test
  void aRowWithALengthHasOneWidthPerPosition() {
    assertThat(TOKENS.hasLength()).isTrue();
    assertThat(TOKENS.width()).isEqualTo(1);
    assertThat(HIDDEN.width()).isEqualTo(384);
    assertThat(HIDDEN.positions(5)).isEqualTo(5);
    assertThat(HIDDEN.elements(5)).isEqualTo(1920);
  }

  @Test
  void aRowOfFixedShapeIsOnePosition() {
    assertThat(IMAGE.hasLength()).isFalse();
    assertThat(IMAGE.positions(5)).isEqualTo(1);
    assertThat(IMAGE.elements(5)).isEqualTo(192);
    assertThat(SCALAR.elements(5)).isEqualTo(1);
  }

  @Test
  void batchShapesPutTheBatchFirst() {
    assertThat(HIDDEN.batchShape(4, 7)).containsExactly(4, 7, 384);
    assertThat(IMAGE.batchShape(4, 7)).containsExactly(4, 3, 8, 8);
    assertThat(SCALAR.batchShape(4, 7)).containsExactly(4);
  }

  @Test
  void rowShapesLeaveTheBatchOut() {
    assertThat(HIDDEN.shape(7)).containsExactly(7, 384);
    assertThat(HIDDEN.describe()).isEqualTo("[length, 384]");
  }

  @Test
  void readsARealModel() {
    try (LoadedModels models =
        LoadedModels.load(List.of(Tiny.variant("fixed", 1, TinyModel.fixedShape())))) {
      assertThat(models.signature())
          .isEqualTo(
              new Signature(
                  List.of(new Port("x", ElementType.FLOAT32, List.of(2, 3))),
                  List.of(new Port("y", ElementType.FLOAT32, List.of(2, 3)))));
    }
  }
}
