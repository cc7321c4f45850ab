package io.waip.cli.demo;

import io.waip.api.deployment.Objective;
import io.waip.cli.demo.load.Cosine;
import io.waip.cli.demo.load.Quantiles;
import io.waip.cli.demo.load.TextPool;
import io.waip.onnxruntime.Answer;
import io.waip.onnxruntime.InputRow;
import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.PlannedSession;
import io.waip.onnxruntime.SessionRequest;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings of a sample of texts by each variant, each text alone: the measured quality of the
 * quantized variant, the reference answers, and the time of one request.
 *
 * @param quality mean cosine between the variants' mean-pooled embeddings
 * @param leastQuality lowest cosine of a text
 * @param references the reference variant's embedding, by text
 * @param singleMillis median execution time of one text alone, by variant
 */
record Calibration(
    double quality,
    double leastQuality,
    Map<Integer, float[]> references,
    List<Double> singleMillis) {
  private static final String INPUT = "input_ids";
  private static final String OUTPUT = "last_hidden_state";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Executions before the times count. */
  private static final int WARM_UP = 20;

  /**
   * Embeds the first {@code sample} texts with both variants.
   *
   * @throws IllegalStateException if an execution fails
   */
  static Calibration measure(LoadedModels models, TextPool texts, int sample)
      throws InterruptedException {
    int size = Math.min(sample, texts.size());
    List<Embedded> reference = embed(models, 0, texts, size);
    List<Embedded> quantized = embed(models, 1, texts, size);
    Map<Integer, float[]> references = new HashMap<>();
    double sum = 0;
    double least = 1;
    for (int i = 0; i < size; i++) {
      double cosine = Cosine.of(reference.get(i).vector, quantized.get(i).vector);
      sum += cosine;
      least = Math.min(least, cosine);
      references.put(i, reference.get(i).vector);
    }
    return new Calibration(
        sum / size, least, references, List.of(medianMillis(reference), medianMillis(quantized)));
  }

  private static final class Embedded {
    final float[] vector;
    final long executionNanos;

    Embedded(Answer answer) {
      vector = answer.requireOutput().meanOverLength(OUTPUT);
      Answer.Served served = answer.served();
      executionNanos = served == null ? 0 : served.executionNanos();
    }
  }

  private static List<Embedded> embed(LoadedModels models, int variant, TextPool texts, int size)
      throws InterruptedException {
    DynamicBatcherSettings single = DynamicBatcherSettings.of(variant, 1, 0, ShapeRule.EQUAL);
    List<Embedded> embedded = new ArrayList<>();
    try (PlannedSession session =
        PlannedSession.builder()
            .models(models)
            .objective(Objective.interactive(PATIENCE))
            .latencyModel((v, batch, length) -> 1)
            .scheduler((deployment, model) -> new DynamicBatcher(deployment, single))
            .start()) {
      for (int i = 0; i < WARM_UP; i++) {
        session.call(request(texts, i % size));
      }
      for (int i = 0; i < size; i++) {
        embedded.add(new Embedded(session.call(request(texts, i))));
      }
    }
    return embedded;
  }

  private static SessionRequest request(TextPool texts, int i) {
    return SessionRequest.builder().input(INPUT, InputRow.of(texts.tokens(i))).build();
  }

  private static double medianMillis(List<Embedded> embedded) {
    return Quantiles.of(embedded.stream().mapToLong(e -> e.executionNanos).toArray()).millis(0.5);
  }
}
