package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.deployment.Variant;
import io.waip.nativebridge.rings.ServiceTable.Lengths;
import io.waip.nativebridge.rings.ServiceTable.Padding;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SlotModel;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.OnnxExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole way: Triton's core, the front, the planner, and a real encoder (all-MiniLM-L6-v2, int8)
 * on this JVM's ONNX Runtime, which stays the only one in the process.
 */
@ExtendWith(TritonCore.class)
@Timeout(120)
class OnnxInProcessTest {
  private static final String MODEL = "minilm";
  private static final String OUTPUT = "last_hidden_state";
  private static final int HIDDEN = 384;

  /**
   * Batch-mates move a row of this integer-quantized model: cosine to itself alone is 0.99 in the
   * mean and 0.955 at least (docs/onnxruntime.md).
   */
  private static final double LEAST_COSINE = 0.93;

  private static SlotModel model;
  private static InProcessFront front;
  private static InProcessPlanner planner;

  @BeforeAll
  static void start() throws IOException {
    model = SlotModel.load(minilm(), Set.of("token_type_ids"));
    front = new InProcessFront();
    front.add(front.onWaip(encoder(MODEL).build(), "mode", "direct"));
    front.add(front.onWaip(encoder("embed").build(), "target", MODEL));
    DynamicBatching patient =
        DynamicBatching.STOCK
            .withMaxQueueDelay(Duration.ofMillis(300))
            .withPreferredSizes(List.of(4));
    // What clients of a tuned server call: Triton's own batcher, padding declared, no planner.
    front.add(
        front.onWaip(
            encoder("batched")
                .batching(patient)
                .ragged("input_ids")
                .ragged("attention_mask")
                .build(),
            "mode",
            "direct",
            "pad_input",
            "input_ids",
            "mask_input",
            "attention_mask",
            "trim_outputs",
            OUTPUT));
    Lengths lengths =
        new Lengths("input_ids", 1, Optional.of(new Padding(0, "attention_mask", List.of(OUTPUT))));
    planner =
        front.plan(
            InProcessFront.service("embed", Optional.of(lengths), MODEL),
            new OnnxExecutor(Map.of(MODEL, model, "batched", model)));
    while (!answers(MODEL)) {
      Thread.onSpinWait();
    }
  }

  private static boolean answers(String model) {
    return embed(model, 1, 2).handle((result, failure) -> failure == null).join();
  }

  @AfterAll
  static void stop() {
    planner.close();
    front.close();
    model.close();
  }

  private static ModelVariant minilm() throws IOException {
    try (InputStream bytes =
        OnnxInProcessTest.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
      return ModelVariant.bytes(new Variant(MODEL, 1, 16, 64), bytes.readAllBytes(), 1);
    }
  }

  private static ModelConfig.Builder encoder(String name) {
    return ModelConfig.builder(name, "-")
        .maxBatchSize(16)
        .input(TensorSpec.of("input_ids", TensorType.INT64, -1))
        .input(TensorSpec.of("attention_mask", TensorType.INT64, -1))
        .output(TensorSpec.of(OUTPUT, TensorType.FP32, -1, HIDDEN));
  }

  @Test
  void answersAsTheModelAloneWhateverTheWay() {
    for (String way : List.of("embed", "batched")) {
      float[] alone = embed(MODEL, 1, 7).join().output(OUTPUT).floats();
      InferenceResult.Output answer = embed(way, 1, 7).join().output(OUTPUT);
      assertThat(answer.shape()).containsExactly(1L, 7L, (long) HIDDEN);
      assertThat(answer.floats()).containsExactly(alone, within(1e-5f));
    }
  }

  @Test
  void padsAndTrimsRequestsOfUnequalLengthUnderThePlanner() {
    long alone = front.savedChildren();
    checkUnequalLengths("embed");
    while (front.savedChildren() == alone) {
      // Published by the front every some milliseconds.
      Thread.onSpinWait();
    }
  }

  @Test
  void padsAndTrimsWhatTritonsOwnBatcherFormed() {
    checkUnequalLengths("batched");
    // Four of unequal length at least share an execution.
    assertThat(front.server.statistics("batched")).containsPattern("\"batch_size\":([4-9]|1\\d)");
  }

  private static void checkUnequalLengths(String model) {
    List<float[]> alone =
        IntStream.range(0, 12)
            .mapToObj(i -> embed(MODEL, i, 3 + i).join().output(OUTPUT).floats())
            .toList();
    List<CompletableFuture<InferenceResult>> sent =
        IntStream.range(0, 12).mapToObj(i -> embed(model, i, 3 + i)).toList();
    for (int i = 0; i < 12; i++) {
      float[] values = sent.get(i).join().output(OUTPUT).floats();
      assertThat(values).hasSize((3 + i) * HIDDEN);
      assertThat(cosine(values, alone.get(i))).isGreaterThan(LEAST_COSINE);
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(squareA * squareB);
  }

  private static CompletableFuture<InferenceResult> embed(String model, int seed, int length) {
    InferenceClient client =
        new InferenceClient(
            front.server, model, encoder(model).build().inputs(), List.of(OUTPUT), 1);
    try (client) {
      return client.infer(call -> {
        ByteBuffer ids = call.write(0, 1, length);
        ByteBuffer mask = call.write(1, 1, length);
        for (int i = 0; i < length; i++) {
          ids.putLong(i * Long.BYTES, 2000 + 37L * seed + i);
          mask.putLong(i * Long.BYTES, 1);
        }
      });
    }
  }
}
