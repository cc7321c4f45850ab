package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random requests from several threads: good ones, ones that fail, ones with deadlines too close,
 * ones that are withdrawn, ones above their tenant's rate; closed in the middle.
 */
class SessionFuzzTest {
  private static final int THREADS = 4;
  private static final int REQUESTS_PER_THREAD = 1500;
  private static final int SEEDS = 6;

  /** Counts what clients saw: every outcome, cancelled futures under CANCELLED. */
  private final Map<Outcome, Long> seen = new EnumMap<>(Outcome.class);

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void everyRequestEndsOnceWhateverHappens() throws Exception {
    try (LoadedModels models =
        LoadedModels.load(
            List.of(
                Tiny.variant("first", 1, TinyModel.lookup()),
                Tiny.variant("second", 0.9, TinyModel.lookup())),
            Tiny.LOOKUP_RULE)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        round(models, seed);
      }
    }
    assertThat(seen.keySet())
        .as("outcomes reached")
        .contains(
            Outcome.COMPLETED,
            Outcome.REJECTED,
            Outcome.EVICTED,
            Outcome.FAILED,
            Outcome.CANCELLED);
  }

  private void round(LoadedModels models, int seed) throws Exception {
    PlannedSession session =
        Tiny.session(models)
            .workers(1 + seed % 3)
            .objective(Objective.interactive(Duration.ofMillis(50)))
            .tenant(Tenant.unlimited("free"))
            .tenant(new Tenant("bounded", 2, 200, 5))
            .settings(EngineSettings.DEFAULT.withQueueCapacity(seed % 2 == 0 ? 64 : 4096))
            .drain(Duration.ofMillis(20))
            .start();
    List<CompletableFuture<Answer>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<List<CompletableFuture<Answer>>>> clients = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(31L * seed + i);
        boolean closes = i == 0 && seed % 2 == 1;
        clients.add(() -> client(session, random, closes));
      }
      for (Future<List<CompletableFuture<Answer>>> client : threads.invokeAll(clients)) {
        all.addAll(client.get());
      }
    }
    session.close();
    check(session, all);
  }

  private static List<CompletableFuture<Answer>> client(
      PlannedSession session, Random random, boolean closes) {
    List<CompletableFuture<Answer>> futures = new ArrayList<>();
    for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
      CompletableFuture<Answer> future = session.submit(request(random));
      futures.add(future);
      if (random.nextInt(10) == 0) {
        futures.get(random.nextInt(futures.size())).cancel(false);
      }
      if (random.nextInt(40) == 0 && !future.isCancelled()) {
        future.handle((answer, problem) -> answer).join();
      }
      if (closes && i == REQUESTS_PER_THREAD / 2) {
        session.close();
      }
    }
    return futures;
  }

  private static SessionRequest request(Random random) {
    long[] ids = random.longs(1 + random.nextInt(Tiny.MAX_LENGTH), 0, 4).toArray();
    if (random.nextInt(200) == 0) {
      ids[0] = 9;
    }
    SessionRequest.Builder builder =
        SessionRequest.builder()
            .input("ids", InputRow.of(ids))
            .tenant(random.nextInt(4) == 0 ? "bounded" : "free")
            .tier(Tier.of(random.nextInt(Tier.COUNT)));
    if (random.nextInt(8) == 0) {
      builder.deadline(Duration.ofNanos(30_000 + random.nextInt(300_000)));
    }
    return builder.build();
  }

  private void check(PlannedSession session, List<CompletableFuture<Answer>> all) throws Exception {
    assertThat(all).hasSize(THREADS * REQUESTS_PER_THREAD).allMatch(CompletableFuture::isDone);
    assertThat(session.open()).isZero();
    long counted = 0;
    for (Outcome outcome : Outcome.values()) {
      counted += session.count(outcome);
    }
    assertThat(counted).as("outcomes").isEqualTo(all.size());
    for (CompletableFuture<Answer> future : all) {
      Outcome outcome = future.isCancelled() ? Outcome.CANCELLED : future.get().outcome();
      seen.merge(outcome, 1L, Long::sum);
      if (outcome == Outcome.COMPLETED || outcome == Outcome.LATE) {
        assertThat(future.get().requireOutput().values("y")).isNotEmpty();
      }
    }
  }
}
