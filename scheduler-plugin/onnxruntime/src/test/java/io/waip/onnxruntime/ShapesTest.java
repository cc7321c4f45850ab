package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.ElementType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Element types and shapes other than padded int64 tokens. */
class ShapesTest {
  @Test
  void servesRowsOfAFixedShape() throws Exception {
    try (LoadedModels models =
            LoadedModels.load(List.of(Tiny.variant("fixed", 1, TinyModel.fixedShape())));
        PlannedSession session = Tiny.session(models).start()) {
      OutputRow output =
          session
              .call(
                  SessionRequest.builder()
                      .input("x", InputRow.of(1f, 2f, 3f, 4f, 5f, 6f).shaped(2, 3))
                      .build())
              .requireOutput();

      assertThat(output.shape("y")).containsExactly(2, 3);
      assertThat(output.values("y")).containsExactly(2, 4, 6, 8, 10, 12);
    }
  }

  @Test
  void servesThirtyTwoBitIds() throws Exception {
    try (LoadedModels models =
            LoadedModels.load(
                List.of(Tiny.variant("ids", 1, TinyModel.lookupInt32())), Tiny.LOOKUP_RULE);
        PlannedSession session = Tiny.session(models).start()) {
      Answer answer =
          session.call(SessionRequest.builder().input("ids", InputRow.of(3, 0)).build());

      assertThat(answer.requireOutput().values("y")).containsExactly(40, 10);
    }
  }

  @Test
  void neverPadsAServiceThatDeclaresNoPadding() throws Exception {
    try (LoadedModels models =
            LoadedModels.load(List.of(Tiny.variant("exact", 1, TinyModel.doubling())));
        PlannedSession session = Tiny.session(models).start()) {
      List<CompletableFuture<Answer>> answers =
          session.submitAll(
              List.of(floats(1), floats(1, 2), floats(1, 2, 3), floats(4), floats(5, 6)));

      for (CompletableFuture<Answer> answer : answers) {
        assertThat(answer.get().requireServed().paddedLength())
            .isEqualTo(answer.get().requireOutput().values("y").length);
      }
      assertThat(answers.get(4).get().requireOutput().values("y")).containsExactly(10, 12);
    }
  }

  @Test
  void trimsPaddedFloats() throws Exception {
    LengthRule rule = new LengthRule("x", 7, null, Set.of("y"), Map.of());
    try (LoadedModels models =
            LoadedModels.load(List.of(Tiny.variant("padded", 1, TinyModel.doubling())), rule);
        RowStore store = new RowStore(models, 2);
        OrtBatchRunner runner = new OrtBatchRunner(models, store)) {
      Execution execution = new Execution(0, 2);
      execution.open(1, 0, 3);
      execution.add(held(store, models, 1));
      execution.add(held(store, models, 2));
      runner.run(execution);

      assertThat(output(execution, 0)).containsExactly(1);
      assertThat(output(execution, 1)).containsExactly(1, 1);
    }
  }

  @Test
  void padsFloatsWithTheBitsOfTheDeclaredValue() {
    assertThat(ElementTypes.bits(ElementType.FLOAT32, 7)).isEqualTo(0x40e0_0000L);
    assertThat(ElementTypes.bits(ElementType.INT64, -1)).isEqualTo(-1);
  }

  private static float[] output(Execution execution, int member) {
    return Objects.requireNonNull(execution.member(member).output).values("y");
  }

  private static Submission held(RowStore store, LoadedModels models, int length) {
    Submission sample = Samples.of(models, length);
    assertThat(store.hold(sample)).isTrue();
    return sample;
  }

  private static SessionRequest floats(float... values) {
    return SessionRequest.builder().input("x", InputRow.of(values)).build();
  }
}
