package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.deployment.Variant;
import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.RehearsalSlot;
import io.waip.nativebridge.rings.SharedMapping;
import io.waip.nativebridge.rings.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // opened before each test
class SlotModelTest {
  @TempDir private Path folder;
  private SharedMapping mapping;
  private RehearsalSlot front;
  private ArenaSlot slot;

  @BeforeEach
  void open() throws IOException {
    Path rings = folder.resolve("rings");
    RehearsalFront.create(rings, 1);
    mapping = SharedMapping.attach(rings);
    front = new RehearsalSlot(mapping, 0);
    slot = mapping.slot(0);
  }

  @AfterEach
  void close() {
    mapping.close();
  }

  private static SlotModel model(byte[] onnx) {
    return SlotModel.load(ModelVariant.bytes(new Variant("tiny", 1, 8, 8), onnx, 1));
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer longs(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(values);
    return bytes;
  }

  private void take() {
    front.post();
    assertThat(slot.take(1)).isTrue();
  }

  @Test
  void outputsAreWrittenIntoTheSlot() throws Exception {
    front.begin(1, 2).input("x", TensorType.FP32, new long[] {2, 3}, floats(1, 2, 3, 4, 5, 6));
    take();
    try (SlotModel model = model(TinyModel.doubling())) {
      model.run(slot);
    }
    slot.succeed(5);
    assertThat(front.succeeded()).isTrue();
    assertThat(front.outputName(0)).isEqualTo("y");
    assertThat(front.outputShape(0)).containsExactly(2, 3);
    assertThat(front.outputBytes(0).getFloat(5 * Float.BYTES)).isEqualTo(12);
  }

  @Test
  void anInputThatIsLeftOutIsZeroWhereThatWasAskedFor() throws Exception {
    front.begin(1, 1).input("a", TensorType.FP32, new long[] {2, 2}, floats(1, 2, 3, 4));
    take();
    Variant sum = new Variant("tiny", 1, 8, 8);
    try (SlotModel model =
        SlotModel.load(ModelVariant.bytes(sum, TinyModel.sum(), 1), Set.of("b"))) {
      model.run(slot);
    }
    slot.succeed(5);
    assertThat(front.outputBytes(0).getFloat(3 * Float.BYTES)).isEqualTo(4);
    assertThatThrownBy(
            () -> SlotModel.load(ModelVariant.bytes(sum, TinyModel.sum(), 1), Set.of("c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[c]");
  }

  @Test
  void theRuntimesRefusalIsThrown() {
    front.begin(1, 1).input("ids", TensorType.INT64, new long[] {1, 1}, longs(9));
    take();
    try (SlotModel model = model(TinyModel.lookup())) {
      assertThatThrownBy(() -> model.run(slot)).hasMessageContaining("9");
    }
  }

  @Test
  void aMissingInputIsRefused() {
    front.begin(1, 1).input("other", TensorType.INT64, new long[] {1, 1}, longs(0));
    take();
    try (SlotModel model = model(TinyModel.lookup())) {
      assertThatThrownBy(() -> model.run(slot)).isInstanceOf(Exception.class);
    }
  }

  @Test
  void aWrongElementTypeIsRefused() {
    front.begin(1, 1).input("ids", TensorType.FP32, new long[] {1, 1}, floats(0));
    take();
    try (SlotModel model = model(TinyModel.lookup())) {
      assertThatThrownBy(() -> model.run(slot)).isInstanceOf(Exception.class);
    }
  }

  @Test
  void anInputThatBreaksTheLayoutIsRefused() {
    front.begin(1, 1).input("ids", TensorType.INT64, new long[] {1, 7}, longs(0));
    take();
    try (SlotModel model = model(TinyModel.lookup())) {
      assertThatThrownBy(() -> model.run(slot)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aBrokenModelIsRefusedInOneLine() {
    assertThatThrownBy(() -> model(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("model 'tiny' cannot be loaded: ");
  }

  @Test
  void anInputThatMayBeLeftOutIsZero() throws Exception {
    long[] ids = {101, 7592, 2088, 102};
    front
        .begin(1, 1)
        .input("input_ids", TensorType.INT64, new long[] {1, 4}, longs(ids))
        .input("attention_mask", TensorType.INT64, new long[] {1, 4}, longs(1, 1, 1, 1));
    take();
    try (SlotModel model = SlotModel.load(MiniLm.fp32(), Set.of("token_type_ids"))) {
      model.run(slot);
    }
    slot.succeed(1);
    try (LoadedModels models = LoadedModels.load(List.of(MiniLm.fp32()), LengthRule.encoder());
        PlannedSession session = MiniLm.session(models).start()) {
      float[] expected = session.call(MiniLm.request(ids)).requireOutput().values(MiniLm.OUTPUT);
      assertThat(front.outputBytes(0).getFloat(0)).isCloseTo(expected[0], within(1e-5f));
    }
  }

  @Test
  void theEncoderGivesInASlotWhatItGivesAsASession() throws Exception {
    long[] ids = {101, 7592, 2088, 102};
    front
        .begin(1, 1)
        .input("input_ids", TensorType.INT64, new long[] {1, 4}, longs(ids))
        .input("attention_mask", TensorType.INT64, new long[] {1, 4}, longs(1, 1, 1, 1))
        .input("token_type_ids", TensorType.INT64, new long[] {1, 4}, longs(0, 0, 0, 0));
    take();
    try (SlotModel model = SlotModel.load(MiniLm.fp32())) {
      model.run(slot);
    }
    slot.succeed(1);
    assertThat(front.outputShape(0)).containsExactly(1, 4, MiniLm.HIDDEN);
    try (LoadedModels models = LoadedModels.load(List.of(MiniLm.fp32()), LengthRule.encoder());
        PlannedSession session = MiniLm.session(models).start()) {
      float[] expected = session.call(MiniLm.request(ids)).requireOutput().values(MiniLm.OUTPUT);
      for (int i = 0; i < expected.length; i++) {
        assertThat(front.outputBytes(0).getFloat(i * Float.BYTES))
            .isCloseTo(expected[i], within(1e-5f));
      }
    }
  }
}
