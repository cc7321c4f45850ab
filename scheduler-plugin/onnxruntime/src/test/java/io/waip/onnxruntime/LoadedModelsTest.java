package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.deployment.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {
  private static final Variant FORM = new Variant("form", 1, 4, 16);

  @Test
  void aMissingFileTakesDownOnlyItsVariant() {
    ModelVariant missing =
        ModelVariant.file(new Variant("gone", 1, 4, 16), Path.of("no/such.onnx"), 1);
    ModelVariant good = Tiny.variant("good", 0.9, TinyModel.lookup());

    try (LoadedModels models = LoadedModels.load(List.of(missing, good), Tiny.LOOKUP_RULE)) {
      assertThat(models.variants()).extracting(Variant::model).containsExactly("good");
      assertThat(models.statuses())
          .containsExactly(
              VariantStatus.down("gone", "model file 'no/such.onnx' is missing or not readable"),
              VariantStatus.up("good"));
    }
  }

  @Test
  void aBrokenModelTakesDownOnlyItsVariant() {
    ModelVariant broken = Tiny.variant("broken", 1, new byte[] {1, 2, 3});
    ModelVariant good = Tiny.variant("good", 0.9, TinyModel.lookup());

    try (LoadedModels models = LoadedModels.load(List.of(good, broken), Tiny.LOOKUP_RULE)) {
      assertThat(models.variants()).hasSize(1);
      assertThat(models.statuses().get(1).loaded()).isFalse();
      assertThat(models.statuses().get(1).problem())
          .startsWith("model cannot be loaded: ")
          .doesNotContain("\n");
    }
  }

  @Test
  void saysWhyForEachVariantWhenNoneIsLeft() {
    ModelVariant missing =
        ModelVariant.file(new Variant("gone", 1, 4, 16), Path.of("no/such.onnx"), 1);
    ModelVariant broken = Tiny.variant("broken", 1, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> LoadedModels.load(List.of(missing, broken)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "no variant can serve: variant 'gone': model file 'no/such.onnx' is missing")
        .hasMessageContaining("variant 'broken': model cannot be loaded");
  }

  @Test
  void aVariantWithOtherInputsIsLeftOut() {
    ModelVariant first = Tiny.variant("first", 1, TinyModel.lookup());
    ModelVariant other = Tiny.variant("other", 1, TinyModel.doubling());

    try (LoadedModels models = LoadedModels.load(List.of(first, other))) {
      assertThat(models.statuses().get(1))
          .isEqualTo(
              VariantStatus.down(
                  "other", "its inputs or outputs differ from those of variant 'first'"));
    }
  }

  @Test
  void refusesTypesRequestsCannotCarry() {
    assertProblem(TinyModel.doubles(), "input 'x' is DOUBLE; int32, int64 and float32 are served");
  }

  @Test
  void refusesASecondFreeAxis() {
    assertProblem(
        TinyModel.twoFreeAxes(),
        "input 'x' has shape [-1, -1, -1]; only the batch axis and axis 1 may be free");
  }

  @Test
  void refusesAFixedBatchAxis() {
    assertProblem(
        TinyModel.fixedBatch(), "input 'x' has shape [1, -1]; its first axis must be a free batch");
  }

  @Test
  void refusesALengthRuleForAnotherModel() {
    LengthRule rule = new LengthRule("tokens", 0, null, Set.of("y"), Map.of());

    assertThatThrownBy(
            () -> LoadedModels.load(List.of(ModelVariant.bytes(FORM, TinyModel.lookup(), 1)), rule))
        .hasMessageContaining("lengths.input names 'tokens'")
        .hasMessageContaining("[ids]");
  }

  @Test
  void refusesAnOutputWithALengthThatIsNotTrimmed() {
    LengthRule rule = new LengthRule("ids", 0, null, Set.of(), Map.of());

    assertThatThrownBy(
            () -> LoadedModels.load(List.of(ModelVariant.bytes(FORM, TinyModel.lookup(), 1)), rule))
        .hasMessageContaining("output 'y' has a length but lengths.trim does not name it");
  }

  @Test
  void refusesLessThanOneThread() {
    assertThatThrownBy(() -> ModelVariant.bytes(FORM, TinyModel.lookup(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("intra_op_threads of variant 'form' must be >= 1, is 0");
  }

  private static void assertProblem(byte[] model, String problem) {
    assertThatThrownBy(() -> LoadedModels.load(List.of(ModelVariant.bytes(FORM, model, 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(problem);
  }
}
