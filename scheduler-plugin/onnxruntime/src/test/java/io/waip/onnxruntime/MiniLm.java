package io.waip.onnxruntime;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The real encoder the tests run: all-MiniLM-L6-v2, fp32 and int8, from the jars of its packages.
 */
final class MiniLm {
  static final String OUTPUT = "last_hidden_state";
  static final int HIDDEN = 384;
  static final int MAX_LENGTH = 64;
  static final int MAX_BATCH = 16;

  /** First and last token of every text, and the ordinary ids between the special ones. */
  private static final long FIRST = 101;

  private static final long LAST = 102;
  private static final int ORDINARY_FROM = 1996;
  private static final int ORDINARY_TO = 20000;

  private MiniLm() {}

  static ModelVariant fp32() {
    return ModelVariant.bytes(
        new Variant("minilm_fp32", 1, MAX_BATCH, MAX_LENGTH),
        resource("/all-minilm-l6-v2.onnx"),
        1);
  }

  static ModelVariant int8() {
    return ModelVariant.bytes(
        new Variant("minilm_int8", 0.989, MAX_BATCH, MAX_LENGTH),
        resource("/all-minilm-l6-v2-q.onnx"),
        1);
  }

  /** Times of the same order as the real ones, so that tests need not measure. */
  static LatencyModel costs() {
    return (variant, batch, length) -> (variant == 0 ? 40_000L : 20_000L) * (20 + batch * length);
  }

  static PlannedSessionBuilder session(LoadedModels models) {
    return PlannedSession.builder()
        .service("embed")
        .models(models)
        .latencyModel(costs())
        .objective(io.waip.api.deployment.Objective.interactive(java.time.Duration.ofSeconds(60)));
  }

  static SessionRequest request(long... ids) {
    return SessionRequest.builder().input("input_ids", InputRow.of(ids)).build();
  }

  /** Returns texts of ordinary tokens with lengths from 3 to 40. */
  static List<long[]> texts(int count, long seed) {
    Random random = new Random(seed);
    List<long[]> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] ids = new long[3 + random.nextInt(38)];
      for (int j = 1; j < ids.length - 1; j++) {
        ids[j] = random.nextInt(ORDINARY_FROM, ORDINARY_TO);
      }
      ids[0] = FIRST;
      ids[ids.length - 1] = LAST;
      texts.add(ids);
    }
    return texts;
  }

  static double cosine(float[] a, float[] b) {
    double product = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      normA += (double) a[i] * a[i];
      normB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(normA * normB);
  }

  private static byte[] resource(String name) {
    try (InputStream in = MiniLm.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the test class path lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
