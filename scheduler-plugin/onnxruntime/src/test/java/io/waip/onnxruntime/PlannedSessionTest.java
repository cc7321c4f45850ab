package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.waip.api.Outcome;
import io.waip.api.plan.ServicePlan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The driver on the real encoder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlannedSessionTest {
  private static final int TEXTS = 120;

  /** Lets the cheaper variant help from 1 ms of backlog on. */
  private static final ServicePlan EAGER_TO_DEGRADE =
      new ServicePlan.Builder()
          .latencyMargin(1.1)
          .paddingCap(0.25)
          .deferral(false)
          .degradeBacklogNanos(1_000_000)
          .offlineShare(0.05)
          .offlineQuantum(0.5)
          .gatherShare(0)
          .timePrice(0.8)
          .latenessFactor(2)
          .build();

  private LoadedModels fp32;
  private LoadedModels int8;

  @BeforeAll
  void load() {
    fp32 = LoadedModels.load(List.of(MiniLm.fp32()), LengthRule.encoder());
    int8 = LoadedModels.load(List.of(MiniLm.int8()), LengthRule.encoder());
  }

  @AfterAll
  void free() {
    fp32.close();
    int8.close();
  }

  @Test
  void embeddingsEqualTheModelRunAloneUnderConcurrentMixedLengths() throws Exception {
    List<long[]> texts = MiniLm.texts(TEXTS, 1);
    List<Answer> answers = serve(MiniLm.session(fp32), texts);

    for (int i = 0; i < texts.size(); i++) {
      float[] alone = alone(fp32.session(0), texts.get(i));
      float[] planned = answers.get(i).requireOutput().meanOverLength(MiniLm.OUTPUT);
      assertThat(MiniLm.cosine(planned, alone)).isGreaterThanOrEqualTo(0.9999);
    }
    assertThat(answers.stream().mapToInt(a -> a.requireServed().batch()).max().orElseThrow())
        .as("largest batch")
        .isGreaterThan(1);
  }

  @Test
  void quantizedEmbeddingsStayWithinTheirBatchSensitivity() throws Exception {
    List<long[]> texts = MiniLm.texts(TEXTS, 2);
    List<Answer> answers = serve(MiniLm.session(int8), texts);

    double sum = 0;
    for (int i = 0; i < texts.size(); i++) {
      float[] alone = alone(int8.session(0), texts.get(i));
      double cosine =
          MiniLm.cosine(answers.get(i).requireOutput().meanOverLength(MiniLm.OUTPUT), alone);
      assertThat(cosine).isGreaterThanOrEqualTo(0.94);
      sum += cosine;
    }
    assertThat(sum / texts.size()).isGreaterThanOrEqualTo(0.98);
  }

  private static List<Answer> serve(PlannedSessionBuilder builder, List<long[]> texts)
      throws Exception {
    List<Answer> answers = new ArrayList<>();
    try (PlannedSession session = builder.workers(2).start()) {
      List<CompletableFuture<Answer>> futures = new ArrayList<>();
      for (long[] text : texts) {
        futures.add(session.submit(MiniLm.request(text)));
      }
      for (CompletableFuture<Answer> future : futures) {
        answers.add(future.get());
      }
    }
    assertThat(answers).allMatch(answer -> answer.outcome() == Outcome.COMPLETED);
    return answers;
  }

  @Test
  void underABacklogEachAnswerIsThatOfItsOwnVariant() throws Exception {
    List<long[]> texts = MiniLm.texts(TEXTS, 4);
    Map<String, LoadedModels> alone = Map.of("minilm_fp32", fp32, "minilm_int8", int8);
    try (LoadedModels both =
        LoadedModels.load(List.of(MiniLm.fp32(), MiniLm.int8()), LengthRule.encoder())) {
      List<Answer> answers = serve(MiniLm.session(both).plan(EAGER_TO_DEGRADE), texts);

      for (int i = 0; i < texts.size(); i++) {
        String variant = answers.get(i).requireServed().variant();
        LoadedModels model = Objects.requireNonNull(alone.get(variant));
        float[] planned = answers.get(i).requireOutput().meanOverLength(MiniLm.OUTPUT);
        assertThat(MiniLm.cosine(planned, alone(model.session(0), texts.get(i))))
            .as("%s, text %d", variant, i)
            .isGreaterThanOrEqualTo(variant.equals("minilm_fp32") ? 0.9999 : 0.94);
      }
      assertThat(answers)
          .extracting(answer -> answer.requireServed().variant())
          .contains("minilm_fp32", "minilm_int8");
    }
  }

  /** The comparison above would see padding that the mask does not hide. */
  @Test
  void unmaskedPaddingWouldShow() throws Exception {
    long[] text = MiniLm.texts(1, 3).get(0);
    long[] padded = Arrays.copyOf(text, text.length + 8);

    double cosine =
        MiniLm.cosine(mean(fp32.session(0), padded, text.length), alone(fp32.session(0), text));

    assertThat(cosine).isLessThan(0.9999);
  }

  /** Runs the model without this driver: one text, no padding, mean over the tokens. */
  private static float[] alone(OrtSession session, long[] ids) throws OrtException {
    return mean(session, ids, ids.length);
  }

  /** Runs the model on ids that are all taken for real, and averages the first ones. */
  private static float[] mean(OrtSession session, long[] ids, int real) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor input = OnnxTensor.createTensor(environment, new long[][] {ids});
        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
        OnnxTensor types = OnnxTensor.createTensor(environment, new long[1][ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] mean = new float[MiniLm.HIDDEN];
      for (int i = 0; i < real; i++) {
        for (int j = 0; j < mean.length; j++) {
          mean[j] += hidden.get(i * mean.length + j) / real;
        }
      }
      return mean;
    }
  }
}
