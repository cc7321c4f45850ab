package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Triton's own batcher, as configured, seen in the statistics of the real core. */
@ExtendWith(TritonCore.class)
@Timeout(60)
class DynamicBatchingTest {
  private static final Pattern BATCH_STAT =
      Pattern.compile("\"batch_size\":(\\d+),\"compute_input\":\\{\"count\":(\\d+)");
  private static final int REQUESTS = 64;

  @Test
  void batchesOnlyOnceAnOverrideSaysSo() {
    ModelConfig plain = Identity.model("echo");
    try (ModelRepository repository = Identity.repository().add(plain);
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      server.load("echo");
      assertThat(batchesOf(server, 8, 1)).containsOnlyKeys(1);

      DynamicBatching eights =
          DynamicBatching.STOCK
              .withMaxQueueDelay(Duration.ofMillis(500))
              .withPreferredSizes(List.of(8));
      server.load("echo", plain.toBuilder().batching(eights).build().toJson());
      assertThat(batchesOf(server, 8, 1)).containsEntry(8, REQUESTS / 8).containsOnlyKeys(8);
    }
  }

  @Test
  void batchesUnequalLengthsOnlyWhenRagged() {
    DynamicBatching patient =
        DynamicBatching.STOCK
            .withMaxQueueDelay(Duration.ofMillis(300))
            .withPreferredSizes(List.of(8));
    ModelConfig shaped = Identity.model("echo").toBuilder().batching(patient).build();
    try (ModelRepository repository = Identity.repository().add(shaped);
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      server.load("echo");
      assertThat(batchesOf(server, 8, 2)).doesNotContainKey(8);
      server.load("echo", shaped.toBuilder().ragged("IN0").build().toJson());
      assertThat(batchesOf(server, 8, 2)).containsOnlyKeys(8);
    }
  }

  @Test
  void refusesWhatDoesNotFitTheQueue() {
    ModelConfig small =
        Identity.model("echo").toBuilder()
            .maxBatchSize(1)
            .batching(DynamicBatching.STOCK.withQueue(new QueuePolicy(Duration.ZERO, 2)))
            .build();
    try (ModelRepository repository = Identity.repository().add(small);
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository));
        InferenceClient client = Identity.client(server, "echo", REQUESTS)) {
      server.load("echo");
      List<CompletableFuture<InferenceResult>> sent =
          IntStream.range(0, 8)
              .mapToObj(i ->
                  client.infer(call -> {
                    Identity.fill(call, i, 1);
                    call.options().parameter("sleep_us", 100_000L);
                  }))
              .toList();
      long refused = sent.stream().filter(f -> f.handle((r, e) -> e != null).join()).count();
      // One runs, at most two wait.
      assertThat(refused).isBetween(4L, 6L);
    }
  }

  @Test
  void refusesContradictions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamicBatching.STOCK.withMaxQueueDelay(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new DynamicBatching(
                Duration.ZERO,
                List.of(),
                QueuePolicy.UNLIMITED,
                List.of(QueuePolicy.UNLIMITED, QueuePolicy.UNLIMITED),
                true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QueuePolicy(Duration.ofMillis(-1), 0));
  }

  /** Sends requests with {@code lengths} different lengths in turn; returns batches by size. */
  private static Map<Integer, Integer> batchesOf(EmbeddedServer server, int atOnce, int lengths) {
    try (InferenceClient client = Identity.client(server, "echo", REQUESTS)) {
      for (int sent = 0; sent < REQUESTS; sent += atOnce) {
        CompletableFuture.allOf(
                IntStream.range(0, atOnce)
                    .mapToObj(i -> client.infer(call -> Identity.fill(call, i, 1 + i % lengths)))
                    .toArray(CompletableFuture[]::new))
            .join();
      }
    }
    Map<Integer, Integer> batches = new TreeMap<>();
    Matcher stat = BATCH_STAT.matcher(server.statistics("echo"));
    while (stat.find()) {
      batches.put(Integer.parseInt(stat.group(1)), Integer.parseInt(stat.group(2)));
    }
    return batches;
  }
}
