package io.waip.examples;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Variant;
import io.waip.onnxruntime.Answer;
import io.waip.onnxruntime.InputRow;
import io.waip.onnxruntime.LengthRule;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.PlannedSession;
import io.waip.onnxruntime.SessionRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Embeds texts with a sentence encoder on ONNX Runtime with the planner around it: requests go in
 * one by one, are batched across lengths and answered within their objective.
 *
 * <pre>{@code
 * java -cp "examples/target/classes:$(cat examples/target/class-path)" \
 *     io.waip.examples.EmbedTexts [TEXT...]
 * }</pre>
 *
 * <p>The model is all-MiniLM-L6-v2 with its tokenizer, both from a jar on the class path. The first
 * seconds go to measuring it.
 */
public final class EmbedTexts {
  private static final List<String> TEXTS =
      List.of(
          "A dog runs across the field.",
          "A puppy is running over a meadow.",
          "The central bank raised its interest rates again.");

  private static final String OUTPUT = "last_hidden_state";
  private static final int MAX_BATCH = 16;
  private static final int MAX_LENGTH = 128;

  private EmbedTexts() {}

  /** Embeds the arguments, or three texts where there are none, and compares them. */
  @SuppressWarnings("SystemOut") // An example prints.
  public static void main(String[] args) throws Exception {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    run(args.length > 0 ? List.of(args) : TEXTS, Duration.ofSeconds(3), System.out);
  }

  /** Embeds the texts and prints how each was served and how near it is to the first. */
  static void run(List<String> texts, Duration profile, PrintStream out) throws Exception {
    Variant fp32 = new Variant("minilm_fp32", 1, MAX_BATCH, MAX_LENGTH);
    byte[] model = resource("/all-minilm-l6-v2.onnx");
    try (HuggingFaceTokenizer tokenizer = tokenizer();
        PlannedSession session =
            PlannedSession.builder()
                .service("embed")
                .objective(Objective.interactive(Duration.ofMillis(500)))
                .variant(ModelVariant.bytes(fp32, model, 1))
                .lengths(LengthRule.encoder())
                .profileBudget(profile)
                .start()) {
      List<SessionRequest> requests =
          texts.stream().map(text -> request(tokenizer.encode(text).getIds())).toList();
      print(texts, session.submitAll(requests), out);
    }
  }

  private static SessionRequest request(long[] ids) {
    return SessionRequest.builder().input("input_ids", InputRow.of(ids)).build();
  }

  private static void print(
      List<String> texts, List<CompletableFuture<Answer>> answers, PrintStream out)
      throws Exception {
    List<float[]> embeddings = new ArrayList<>();
    for (CompletableFuture<Answer> answer : answers) {
      embeddings.add(answer.get().requireOutput().meanOverLength(OUTPUT));
    }
    for (int i = 0; i < texts.size(); i++) {
      Answer.Served served = answers.get(i).get().requireServed();
      out.printf(
          "%5.2f  %s, batch of %d, waited %.1f ms, ran %.1f ms: %s%n",
          cosine(embeddings.getFirst(), embeddings.get(i)),
          served.variant(),
          served.batch(),
          served.queueNanos() / 1e6,
          served.executionNanos() / 1e6,
          texts.get(i));
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * (double) b[i];
      squaresOfA += a[i] * (double) a[i];
      squaresOfB += b[i] * (double) b[i];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }

  private static HuggingFaceTokenizer tokenizer() throws IOException {
    try (InputStream in = open("/all-minilm-l6-v2-tokenizer.json")) {
      return HuggingFaceTokenizer.newInstance(
          in, Map.of("padding", "false", "maxLength", Integer.toString(MAX_LENGTH)));
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        EmbedTexts.class.getResourceAsStream(name), () -> name + " is not on the class path");
  }
}
