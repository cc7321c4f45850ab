package io.waip.cli.bench.front;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps ONNX Runtime busy with a sentence encoder until standard input ends, full batches one after
 * the other. Prints a line once it is.
 */
public final class BusyRuntimeMain {
  private static final int BATCH = 16;
  private static final int LENGTH = 64;

  /** "[CLS] a ... [SEP]" of the model's vocabulary. */
  private static final long FIRST = 101;

  private static final long WORD = 1037;
  private static final long LAST = 102;

  private BusyRuntimeMain() {}

  /** Runs until standard input ends. */
  @SuppressWarnings("SystemOut") // Read by the process that started this one.
  public static void main(String[] args) throws Exception {
    Variant variant = new Variant("minilm_fp32", 1, BATCH, LENGTH);
    try (PlannedSession session =
        PlannedSession.builder()
            .service("busy")
            .objective(Objective.interactive(Duration.ofMinutes(1)))
            .variant(ModelVariant.bytes(variant, model(), 2))
            .lengths(LengthRule.encoder())
            .profileBudget(Duration.ofMillis(500))
            .start()) {
      List<SessionRequest> batch = batch();
      run(session, batch);
      System.out.println("busy");
      AtomicBoolean ended = new AtomicBoolean();
      Thread watch = new Thread(() -> watchInput(ended), "busy-input");
      watch.setDaemon(true);
      watch.start();
      while (!ended.get()) {
        run(session, batch);
      }
    }
  }

  private static void watchInput(AtomicBoolean ended) {
    try {
      while (System.in.read() >= 0) {
        // What comes in says nothing; its end does.
      }
    } catch (IOException e) {
      // A broken input is an ended one.
    }
    ended.set(true);
  }

  private static void run(PlannedSession session, List<SessionRequest> batch)
      throws InterruptedException, ExecutionException {
    for (CompletableFuture<Answer> answer : session.submitAll(batch)) {
      answer.get().requireOutput();
    }
  }

  private static List<SessionRequest> batch() {
    long[] ids = new long[LENGTH];
    Arrays.fill(ids, WORD);
    ids[0] = FIRST;
    ids[LENGTH - 1] = LAST;
    List<SessionRequest> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(SessionRequest.builder().input("input_ids", InputRow.of(ids)).build());
    }
    return batch;
  }

  private static byte[] model() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BusyRuntimeMain.class.getResourceAsStream("/all-minilm-l6-v2.onnx"),
            "the encoder is not on the class path")) {
      return in.readAllBytes();
    }
  }
}
