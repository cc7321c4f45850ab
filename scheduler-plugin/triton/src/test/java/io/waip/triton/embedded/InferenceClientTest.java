package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.waip.nativebridge.ElementType;
import io.waip.nativebridge.NativeBuffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests to the real core, answered by the identity backend. */
@ExtendWith(TritonCore.class)
@Timeout(60)
class InferenceClientTest {
  private static ModelRepository repository;
  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    repository = Identity.repository().add(Identity.model("echo")).add(twoTensors());
    server = EmbeddedServer.start(EmbeddedSettings.of(repository));
    server.load("echo");
    server.load("two");
  }

  @AfterAll
  static void stop() {
    server.close();
    repository.close();
  }

  private static ModelConfig twoTensors() {
    return ModelConfig.builder("two", Identity.BACKEND)
        .input(TensorSpec.of("IN0", TensorType.INT64, -1))
        .input(TensorSpec.of("IN1", TensorType.BYTES, -1))
        .output(TensorSpec.of("OUT0", TensorType.INT64, -1))
        .output(TensorSpec.of("OUT1", TensorType.BYTES, -1))
        .build();
  }

  @Test
  void answersTenThousandRequestsOfManySizes() throws Exception {
    int requests = 10_000;
    Semaphore room = new Semaphore(32);
    AtomicInteger right = new AtomicInteger();
    try (InferenceClient client = Identity.client(server, "echo", 32)) {
      for (int i = 0; i < requests; i++) {
        room.acquire();
        InferenceCall call = Identity.acquire(client);
        float first = i;
        int length = 1 + i % 300;
        Identity.fill(call, first, length);
        call.submit(done -> {
          right.addAndGet(isRow(done.output(0), first, length) ? 1 : 0);
          done.close();
          room.release();
        });
      }
      room.acquire(32);
      assertThat(client.pooledCalls()).isLessThanOrEqualTo(32);
    }
    assertThat(right).hasValue(requests);
  }

  private static boolean isRow(CallOutput output, float first, int length) {
    float[] values = output.floats();
    boolean same = values.length == length && List.of(1L, (long) length).equals(dims(output));
    for (int i = 0; same && i < length; i++) {
      same = values[i] == first + i;
    }
    return same;
  }

  private static List<Long> dims(CallOutput output) {
    return Arrays.stream(output.shape()).boxed().toList();
  }

  @Test
  void servesConcurrentClients() throws Exception {
    int clients = 8;
    int requests = 500;
    AtomicInteger right = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      float base = c * 1_000;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (InferenceClient client = Identity.client(server, "echo", 1)) {
                  for (int i = 0; i < requests; i++) {
                    float value = base + i;
                    InferenceResult result =
                        client.infer(call -> Identity.fill(call, value, 2)).join();
                    right.addAndGet(result.output("OUT0").floats()[1] == value + 1 ? 1 : 0);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right).hasValue(clients * requests);
  }

  @Test
  void carriesSeveralTensorsAndBytes() {
    try (InferenceClient client =
        new InferenceClient(server, "two", twoTensors().inputs(), List.of("OUT1", "OUT0"), 1)) {
      InferenceResult result =
          client
              .infer(call -> {
                call.write(0, 2).putLong(0, -5).putLong(8, Long.MAX_VALUE);
                call.writeBytes(1, 6, 1).putInt(0, 2).put(4, (byte) 'h').put(5, (byte) 'i');
              })
              .join();
      assertThat(result.output("OUT0").bytes().getLong(8)).isEqualTo(Long.MAX_VALUE);
      assertThat(result.output("OUT0").shape()).containsExactly(2L);
      assertThat(result.output("OUT1").type()).isEqualTo(TensorType.BYTES);
      assertThat(result.output("OUT1").bytes().get(5)).isEqualTo((byte) 'i');
    }
  }

  @Test
  void takesTheSendersMemory() {
    try (NativeBuffer memory = NativeBuffer.allocate(ElementType.FLOAT32, 3);
        InferenceClient client = Identity.client(server, "echo", 1)) {
      memory.floats().put(new float[] {1, 2, 3});
      InferenceResult result = client.infer(call -> call.use(0, memory.bytes(), 1, 3)).join();
      assertThat(result.output("OUT0").floats()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void mapsEachErrorOfABackend() {
    TritonStatus[] byCode = {
      TritonStatus.UNKNOWN,
      TritonStatus.INTERNAL,
      TritonStatus.NOT_FOUND,
      TritonStatus.INVALID_ARG,
      TritonStatus.UNAVAILABLE,
      TritonStatus.UNSUPPORTED,
      TritonStatus.ALREADY_EXISTS,
      TritonStatus.CANCELLED
    };
    for (int code = 0; code < byCode.length; code++) {
      long wanted = code;
      TritonException failure =
          failureOf(call ->
              call.options()
                  .parameter("fail_code", wanted)
                  .parameter("fail_message", "planted " + wanted));
      assertThat(failure.status()).isEqualTo(byCode[code]);
      assertThat(failure).hasMessage("planted " + wanted);
    }
  }

  @Test
  void saysWhatDoesNotFitTheModel() {
    TritonException failure = failureOf(call -> call.write(0, 17, 1));
    assertThat(failure.status()).isEqualTo(TritonStatus.INVALID_ARG);
    assertThat(failure).hasMessageContaining("16");
  }

  private static TritonException failureOf(Consumer<InferenceCall> filling) {
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      CompletableFuture<InferenceResult> future =
          client.infer(call -> {
            Identity.fill(call, 0, 1);
            filling.accept(call);
          });
      return (TritonException)
          future
              .handle((result, failure) ->
                  failure instanceof CompletionException e ? e.getCause() : failure)
              .join();
    }
  }

  @Test
  void cancelsARequestInFlight() throws Exception {
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      InferenceCall call = Identity.acquire(client);
      Identity.fill(call, 0, 1);
      call.options().parameter("sleep_us", 30_000_000L).id("patient");
      CountDownLatch ended = new CountDownLatch(1);
      call.submit(done -> ended.countDown());
      assertThatIllegalStateException().isThrownBy(call::close);
      call.cancel();
      ended.await();
      assertThat(call.status()).isEqualTo(TritonStatus.CANCELLED);
      assertThat(call.output(0).isPresent()).isFalse();
      call.cancel();
      call.close();
      call.close();
    }
  }

  @Test
  void cancellingAFutureFreesItsCall() {
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      CompletableFuture<InferenceResult> held =
          client.infer(call -> {
            Identity.fill(call, 0, 1);
            call.options().parameter("sleep_us", 30_000_000L);
          });
      assertThat(client.infer(call -> Identity.fill(call, 0, 1))).isCompletedExceptionally();
      held.cancel(true);
      awaitFreeCall(client).close();
      // Its call is another's now; nothing of theirs is cancelled.
      held.cancel(true);
      assertThat(client.infer(c -> Identity.fill(c, 3, 1)).join().output("OUT0").floats())
          .containsExactly(3);
    }
  }

  private static InferenceCall awaitFreeCall(InferenceClient client) {
    while (true) {
      InferenceCall call = client.tryAcquire();
      if (call != null) {
        return call;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void keepsRunningWhenACompletionThrows() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    CountDownLatch reported = new CountDownLatch(1);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
      seen.set(fault);
      reported.countDown();
    });
    try (InferenceClient client = Identity.client(server, "echo", 2)) {
      InferenceCall call = Identity.acquire(client);
      Identity.fill(call, 0, 1);
      call.submit(done -> {
        done.close();
        throw new IllegalStateException("planted");
      });
      reported.await();
      assertThat(seen.get()).hasMessage("planted");
      assertThat(client.infer(c -> Identity.fill(c, 3, 1)).join().outputs()).hasSize(1);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void refusesWrongUse() {
    assertThatIllegalArgumentException().isThrownBy(() -> Identity.client(server, "echo", 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InferenceClient(server, "echo", List.of(), List.of(), 1));
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      InferenceCall call = Identity.acquire(client);
      assertThat(client.tryAcquire()).isNull();
      assertThatIllegalArgumentException().isThrownBy(() -> call.write(0, new long[9]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call.use(0, ByteBuffer.allocate(4), 1, 1));
      call.close();
      assertThatIllegalStateException().isThrownBy(() -> call.submit(done -> {}));
    }
  }

  @Test
  void timesOutOnlyWhereTheModelAllowsIt() {
    repository.add(
        Identity.model("timed").toBuilder()
            .batching(DynamicBatching.STOCK.withQueue(new QueuePolicy(Duration.ofSeconds(20), 0)))
            .maxBatchSize(1)
            .build());
    server.load("timed");
    try (InferenceClient client = Identity.client(server, "timed", 2)) {
      CompletableFuture<InferenceResult> first =
          client.infer(call -> {
            Identity.fill(call, 0, 1);
            call.options().parameter("sleep_us", 2_000_000L);
          });
      CompletableFuture<InferenceResult> second =
          client.infer(call -> {
            Identity.fill(call, 0, 1);
            call.options().timeout(Duration.ofMillis(50));
          });
      assertThat(second)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              TritonException.class,
              e -> assertThat(e.status()).isEqualTo(TritonStatus.UNAVAILABLE));
      first.join();
    }
  }
}
