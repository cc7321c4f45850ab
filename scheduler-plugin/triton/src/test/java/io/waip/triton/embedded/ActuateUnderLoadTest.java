package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.deployment.Variant;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SessionActuator;
import io.waip.onnxruntime.SwitchableModel;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.OnnxExecutor;
import io.waip.triton.actuate.EmbeddedModelServer;
import io.waip.triton.actuate.LoadWithConfigActuator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Instances of a direct model go from 1 to 2 and back while requests come: in Triton by loads with
 * a configuration, in this process by other sessions. Prints how long each change and the longest
 * request beside it took; fails on a request that failed or got no answer.
 */
@ExtendWith(TritonCore.class)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // started before each test
class ActuateUnderLoadTest {
  private static final String MODEL = "minilm";
  private static final String OUTPUT = "last_hidden_state";
  private static final int CALLERS = 3;
  private static final int LENGTH = 8;

  private SwitchableModel model;
  private InProcessFront front;
  private InProcessPlanner planner;
  private InferenceClient client;
  private final AtomicBoolean ends = new AtomicBoolean();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Thread> callers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    model = SwitchableModel.load(minilm(), Set.of("token_type_ids"), 1);
    front = new InProcessFront();
    front.add(front.onWaip(encoder().build(), "mode", "direct"));
    front.add(front.onWaip(encoder("front").build(), "target", MODEL));
    planner =
        front.plan(
            InProcessFront.service("front", Optional.empty(), MODEL),
            new OnnxExecutor(Map.of(MODEL, model)));
    client =
        new InferenceClient(front.server, MODEL, encoder().build().inputs(), List.of(OUTPUT), 8);
    while (!answers()) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < CALLERS; i++) {
      callers.add(Thread.ofPlatform().start(this::call));
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    ends.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    client.close();
    planner.close();
    front.close();
    model.close();
  }

  private static ModelVariant minilm() throws IOException {
    try (InputStream bytes =
        ActuateUnderLoadTest.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
      return ModelVariant.bytes(new Variant(MODEL, 1, 16, 64), bytes.readAllBytes(), 1);
    }
  }

  private static ModelConfig.Builder encoder() {
    return encoder(MODEL);
  }

  private static ModelConfig.Builder encoder(String name) {
    return ModelConfig.builder(name, "-")
        .maxBatchSize(16)
        .input(TensorSpec.of("input_ids", TensorType.INT64, -1))
        .input(TensorSpec.of("attention_mask", TensorType.INT64, -1))
        .output(TensorSpec.of(OUTPUT, TensorType.FP32, -1, 384));
  }

  private boolean answers() {
    return infer().handle((result, failed) -> failed == null).join();
  }

  private CompletableFuture<InferenceResult> infer() {
    return client.infer(call -> {
      ByteBuffer ids = call.write(0, 1, LENGTH);
      ByteBuffer mask = call.write(1, 1, LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        ids.putLong(i * Long.BYTES, 2000L + i);
        mask.putLong(i * Long.BYTES, 1);
      }
    });
  }

  private void call() {
    try {
      while (!ends.get()) {
        long started = System.nanoTime();
        infer().join();
        longestNanos.accumulateAndGet(System.nanoTime() - started, Math::max);
        answered.incrementAndGet();
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Goes up and down some times, with requests answered before, beside and after each change. */
  private void changeUnderLoad(String what, Actuator actuator) {
    for (int i = 0; i < 6; i++) {
      awaitAnswers(20);
      longestNanos.set(0);
      long before = answered.get();
      Actuation done = actuator.apply(ModelSetting.of(MODEL, i % 2 == 0 ? 2 : 1));
      long beside = answered.get() - before;
      awaitAnswers(20);
      assertThat(done).isInstanceOf(Applied.class);
      System.out.printf(
          "%s: to %d instances in %.1f ms, %d answered meanwhile, longest request %.1f ms%n",
          what,
          ((Applied) done).after().instances(),
          ((Applied) done).took().toNanos() / 1e6,
          beside,
          longestNanos.get() / 1e6);
    }
    assertThat(failure.get()).isNull();
  }

  private void awaitAnswers(int count) {
    long goal = answered.get() + count;
    while (answered.get() < goal && failure.get() == null) {
      Thread.onSpinWait();
    }
  }

  @Test
  void tritonAnswersEveryRequestWhileItsInstancesChange() {
    changeUnderLoad(
        "triton",
        new LoadWithConfigActuator(new EmbeddedModelServer(front.server), System::nanoTime));
  }

  @Test
  void sessionsAnswerEveryRequestWhileTheyChange() {
    changeUnderLoad("sessions", new SessionActuator(Map.of(MODEL, model), System::nanoTime));
  }
}
