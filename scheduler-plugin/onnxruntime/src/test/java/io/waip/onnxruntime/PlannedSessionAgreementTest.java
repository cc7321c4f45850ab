package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import io.waip.api.agreement.AgreementRule;
import io.waip.onnxruntime.agreement.ComparedModel;
import io.waip.onnxruntime.agreement.ComparisonCounts;
import io.waip.onnxruntime.agreement.CosineAgreement;
import io.waip.onnxruntime.agreement.DenseTensor;
import io.waip.onnxruntime.agreement.ShadowDesk;
import io.waip.scheduler.plan.agreement.QualityListener;
import io.waip.scheduler.plan.agreement.VariantQuality;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Shadow agreement of a session on the real encoder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PlannedSessionAgreementTest {
  private static final int TEXTS = 48;

  private LoadedModels models;

  @BeforeAll
  void load() {
    models = LoadedModels.load(List.of(MiniLm.fp32(), MiniLm.int8()), LengthRule.encoder());
  }

  @AfterAll
  void free() {
    models.close();
  }

  private static AgreementRule rule(String output, double leastCosine) {
    return new AgreementRule(output, new CosineAgreement(leastCosine), 1, 0.01, 5);
  }

  /** The int8 variant serves nothing here: it is tried on batches of the reference. */
  @Test
  void comparesWhatWasServedOnceItIsIdle() throws Exception {
    try (PlannedSession session =
        MiniLm.session(models).agreement(rule(MiniLm.OUTPUT, 0.9), QualityListener.NONE).start()) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (long[] text : MiniLm.texts(TEXTS, 6)) {
        answers.add(session.submit(MiniLm.request(text)));
      }
      int executions = 0;
      for (CompletableFuture<Answer> answer : answers) {
        executions += answer.get().requireOutput().values(MiniLm.OUTPUT).length > 0 ? 1 : 0;
      }
      assertThat(executions).isEqualTo(TEXTS);
      ShadowDesk desk = session.agreement().orElseThrow();
      desk.awaitCompared();

      ComparisonCounts counts = desk.counts();
      assertThat(counts.failed()).as(counts.lastFailure()).isZero();
      assertThat(counts.compared()).isPositive();
      VariantQuality int8 = desk.qualities().getFirst();
      assertThat(int8.model()).isEqualTo("minilm_int8");
      assertThat(int8.batches().stream().mapToLong(VariantQuality.BatchClass::agreed).sum())
          .isEqualTo(int8.compared());
    }
  }

  private static DenseTensor ids(String name, long value) {
    long[] shape = {MiniLm.MAX_BATCH, MiniLm.MAX_LENGTH};
    ByteBuffer data = ByteBuffer.allocate((int) (shape[0] * shape[1]) * Long.BYTES);
    DenseTensor tensor =
        new DenseTensor(name, OnnxJavaType.INT64, List.of(shape[0], shape[1]), data);
    for (int i = 0; i < data.capacity(); i += Long.BYTES) {
      tensor.data().putLong(i, value);
    }
    return tensor;
  }

  /** A full batch takes some 100 ms; it is stopped after 20 ms. */
  @Test
  void aRunThatIsUnderWayGivesWay() throws Exception {
    List<DenseTensor> inputs =
        List.of(ids("input_ids", 2003), ids("attention_mask", 1), ids("token_type_ids", 0));
    try (ComparedModel reference = models.compared().getFirst()) {
      reference.ready();
      long began = System.nanoTime();
      assertThat(reference.run(inputs, MiniLm.OUTPUT).rows()).isEqualTo(MiniLm.MAX_BATCH);
      long whole = System.nanoTime() - began;

      reference.ready();
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread run =
          new Thread(() -> {
            try {
              reference.run(inputs, MiniLm.OUTPUT);
              ended.complete(new AssertionError("the run ended well"));
            } catch (Exception e) {
              ended.complete(e);
            }
          });
      run.start();
      long start = System.nanoTime();
      while (System.nanoTime() - start < 20_000_000) {
        Thread.onSpinWait();
      }
      reference.stop();
      long stopped = System.nanoTime();
      assertThat(ended.get()).isInstanceOf(OrtException.class);
      System.out.printf(
          Locale.ROOT,
          "figures: a run of %.0f ms gives way within %.1f ms%n",
          whole / 1e6,
          (System.nanoTime() - stopped) / 1e6);
      run.join();
      reference.ready();
      assertThat(reference.run(inputs, MiniLm.OUTPUT).rows()).isEqualTo(MiniLm.MAX_BATCH);
    }
  }

  @Test
  void refusesAnOutputTheModelsLack() {
    PlannedSessionBuilder builder =
        MiniLm.session(models).agreement(rule("logits", 0.9), QualityListener.NONE);
    assertThatThrownBy(builder::start)
        .hasMessageContaining("agreement.output is 'logits'")
        .hasMessageContaining(MiniLm.OUTPUT);
  }
}
