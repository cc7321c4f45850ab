package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.agreement.AgreementRule;
import io.waip.api.deployment.Variant;
import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.RehearsalSlot;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.nativebridge.rings.SharedMapping;
import io.waip.nativebridge.rings.TensorType;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SlotModel;
import io.waip.onnxruntime.agreement.CosineAgreement;
import io.waip.onnxruntime.agreement.ShadowDesk;
import io.waip.scheduler.plan.agreement.QualityListener;
import io.waip.scheduler.plan.agreement.VariantQuality;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slots of an arena without a server, and a real encoder on ONNX Runtime. */
@SuppressWarnings("NullAway.Init") // opened before the tests
@Timeout(60)
class ShadowedExecutorTest {
  private static final String OUTPUT = "last_hidden_state";
  private static SlotModel model;

  @TempDir private Path folder;
  private SharedMapping mapping;
  private ArenaSlot slot;
  private ShadowDesk desk;
  private ShadowedExecutor executor;

  @BeforeAll
  static void load() throws IOException {
    try (InputStream bytes =
        ShadowedExecutorTest.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
      model =
          SlotModel.load(
              ModelVariant.bytes(new Variant("minilm", 1, 16, 64), bytes.readAllBytes(), 1),
              Set.of("token_type_ids"));
    }
  }

  @AfterAll
  static void free() {
    model.close();
  }

  @BeforeEach
  void open() throws IOException {
    Path rings = folder.resolve("rings");
    RehearsalFront.create(rings, 1);
    mapping = SharedMapping.attach(rings);
    slot = mapping.slot(0);
    desk =
        new ShadowDesk(
            new AgreementRule(OUTPUT, new CosineAgreement(0.93), 1, 0.01, 3),
            List.of("a", "b"),
            List.of(model.compared(), model.compared()),
            QualityListener.NONE);
    Optional<ServiceTable.Padding> padding =
        Optional.of(new ServiceTable.Padding(0, "attention_mask", List.of(OUTPUT)));
    executor =
        new ShadowedExecutor(
            new OnnxExecutor(Map.of("a", model, "b", model, "c", model)),
            Map.of(
                "a", new ShadowedExecutor.Watched(desk, 0, OUTPUT, padding),
                "b", new ShadowedExecutor.Watched(desk, 1, OUTPUT, padding)));
  }

  @AfterEach
  void close() {
    desk.close();
    mapping.close();
  }

  private static ByteBuffer longs(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(values);
    return bytes;
  }

  /** Two texts, of five and of three tokens, the second padded. */
  private void run(String name) throws Exception {
    RehearsalSlot front = new RehearsalSlot(mapping, 0);
    long[] shape = {2, 5};
    front
        .begin(1, 2)
        .input(
            "input_ids",
            TensorType.INT64,
            shape,
            longs(101, 7592, 2088, 2003, 102, 101, 4937, 102, 0, 0))
        .input("attention_mask", TensorType.INT64, shape, longs(1, 1, 1, 1, 1, 1, 1, 1, 0, 0));
    front.post();
    assertThat(slot.take(1)).isTrue();
    executor.run(name, slot);
    slot.succeed(1);
    assertThat(front.succeeded()).isTrue();
  }

  @Test
  void aVariantsAnswerIsComparedWithTheReferencesToTheSameRow() throws Exception {
    run("b");
    desk.awaitCompared();
    VariantQuality quality = desk.qualities().getFirst();
    assertThat(desk.counts().failed()).as(desk.counts().lastFailure()).isZero();
    assertThat(quality.batches().get(1).compared()).isEqualTo(1);
    assertThat(quality.batches().get(1).agreed()).isEqualTo(1);
  }

  @Test
  void aVariantIsTriedOnABatchOfTheReference() throws Exception {
    run("a");
    desk.awaitCompared();
    assertThat(desk.counts().failed()).as(desk.counts().lastFailure()).isZero();
    assertThat(desk.qualities().getFirst().batches().get(1).agreed()).isEqualTo(1);
  }

  @Test
  void modelsThatAreNotWatchedAreRunAlone() throws Exception {
    run("c");
    desk.awaitCompared();
    assertThat(desk.counts().compared() + desk.counts().failed()).isZero();
  }

  @Test
  void aBatchThatFailsIsNotComparedAndLeavesTheDeskIdle() throws Exception {
    assertThatThrownBy(() -> run("nobody")).hasMessageContaining("'nobody'");
    slot.fail("");
    mapping.close();
    open();
    run("b");
    desk.awaitCompared();
    assertThat(desk.counts().compared()).isEqualTo(1);
  }
}
