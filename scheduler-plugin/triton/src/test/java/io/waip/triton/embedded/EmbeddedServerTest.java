package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.waip.nativebridge.SharedLibraries;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Start, models and stop of the real core; each test starts one, so that many follow each other.
 */
@ExtendWith(TritonCore.class)
@Timeout(60)
class EmbeddedServerTest {
  private ModelRepository repository;
  private EmbeddedServer server;

  @BeforeEach
  void start() {
    repository = Identity.repository().add(Identity.model("echo"));
    server =
        EmbeddedServer.start(
            EmbeddedSettings.of(repository).withExitTimeout(Duration.ofSeconds(5)));
  }

  @AfterEach
  void stop() {
    server.close();
    repository.close();
    assertThat(repository.root()).doesNotExist();
  }

  @Test
  void isTheRealCoreOfRelease2410() {
    assertThat(server.version()).isEqualTo("2.51.0");
    assertThat(server.metadata()).contains("\"name\":\"triton\"");
  }

  @Test
  void servesAModelOnlyWhileItIsLoaded() throws Exception {
    assertThat(server.isReady("echo")).isFalse();
    server.load("echo");
    assertThat(server.isReady("echo")).isTrue();
    assertThat(server.modelMetadata("echo")).contains("IN0").contains("OUT0");
    server.unload("echo");
    while (server.isReady("echo")) {
      Thread.onSpinWait();
    }
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      assertThat(client.infer(call -> Identity.fill(call, 0, 1)))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              TritonException.class, e -> assertThat(e.status()).isEqualTo(TritonStatus.NOT_FOUND));
    }
  }

  @Test
  void loadsAndUnloadsFiftyTimes() {
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      for (int i = 0; i < 50; i++) {
        server.load("echo");
        float value = i;
        assertThat(
                client.infer(call -> Identity.fill(call, value, 1)).join().output("OUT0").floats())
            .containsExactly(value);
        server.unload("echo");
      }
    }
    assertThat(server.isReady("echo")).isFalse();
  }

  @Test
  void saysWhatIsWrongWithAModel() {
    assertThatExceptionOfType(TritonException.class)
        .isThrownBy(() -> server.load("absent"))
        .withMessageContaining("absent");
    repository.add(
        ModelConfig.builder("lost", "nobackend").input(Identity.IN).output(Identity.OUT).build());
    assertThatExceptionOfType(TritonException.class)
        .isThrownBy(() -> server.load("lost"))
        .withMessageContaining("lost");
    assertThatExceptionOfType(TritonException.class)
        .isThrownBy(() -> server.statistics("absent"))
        .satisfies(e -> assertThat(e.status()).isEqualTo(TritonStatus.INVALID_ARG));
  }

  @Test
  void showsTheCoresSymbolsToBackends() {
    assertThat(SharedLibraries.isSeenByAll("TRITONBACKEND_ResponseSend")).isTrue();
  }

  @Test
  void givesItsMetrics() {
    server.load("echo");
    assertThat(server.metrics()).contains("nv_inference_request_success");
  }

  @Test
  void waitsForRequestsInFlightBeforeItStops() {
    server.load("echo");
    CompletableFuture<InferenceResult> held;
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      held =
          client.infer(call -> {
            Identity.fill(call, 7, 1);
            call.options().parameter("sleep_us", 300_000L);
          });
      long start = System.nanoTime();
      server.close();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
    }
    assertThat(held.join().output("OUT0").floats()).containsExactly(7);
  }

  @Test
  void refusesCallsOnceClosed() {
    server.load("echo");
    try (InferenceClient client = Identity.client(server, "echo", 1)) {
      server.close();
      assertThatIllegalStateException().isThrownBy(() -> server.isReady("echo"));
      assertThatIllegalStateException()
          .isThrownBy(() -> client.infer(call -> Identity.fill(call, 0, 1)));
      assertThat(client.tryAcquire()).isNotNull();
    }
    server.close();
  }

  @Test
  void runsBesideAnotherServer() {
    try (EmbeddedServer second = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      second.load("echo");
      assertThat(server.isReady("echo")).isFalse();
      assertThat(second.isReady("echo")).isTrue();
    }
    server.load("echo");
    assertThat(server.isReady("echo")).isTrue();
  }
}
