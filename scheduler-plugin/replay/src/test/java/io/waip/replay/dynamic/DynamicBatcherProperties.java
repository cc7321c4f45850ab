package io.waip.replay.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random events: every request ends exactly once, in every outcome the batcher can give. */
class DynamicBatcherProperties {
  private static final long MS = 1_000_000;

  @Property(tries = 200, seed = "20261124")
  void everyRequestEndsExactlyOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int maxBatch,
      @ForAll @IntRange(min = 0, max = 5) int delayMs,
      @ForAll ShapeRule shapes) {
    QueuePolicy interactive = new QueuePolicy(40 * MS, 0);
    var settings =
        DynamicBatcherSettings.of(0, maxBatch, delayMs * MS, shapes)
            .withLevel(Tier.INTERACTIVE, interactive)
            .withLevel(Tier.OFFLINE, new QueuePolicy(0, 20));
    var bench = new BatcherBench(settings, 2);
    long requests = play(bench, new Random(seed));
    assertThat(bench.ended).hasSize((int) requests);
    assertThat(bench.sent).allMatch(batch -> batch.requests().size() <= maxBatch);
    List<Long> served = bench.batches().stream().flatMap(List::stream).toList();
    assertThat(served).doesNotHaveDuplicates();
  }

  @Example
  void aLongRunReachesEveryOutcome() {
    var settings =
        DynamicBatcherSettings.of(0, 2, MS, ShapeRule.RAGGED)
            .withLevel(Tier.INTERACTIVE, new QueuePolicy(200 * MS, 0))
            .withLevel(Tier.OFFLINE, new QueuePolicy(0, 20));
    var bench = new BatcherBench(settings, 2);
    for (int round = 0; round < 20; round++) {
      play(bench, new Random(round), round * 10_000L, round * 100_000.0);
    }
    assertThat(bench.ended.values().stream().map(e -> e.outcome()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Outcome.COMPLETED,
            Outcome.LATE,
            Outcome.REJECTED,
            Outcome.EVICTED,
            Outcome.FAILED,
            Outcome.CANCELLED);
  }

  private static long play(BatcherBench bench, Random random) {
    long arrived = play(bench, random, 0, 0);
    bench.shutdown(100_000);
    while (bench.hasRunning()) {
      bench.complete(100_001);
    }
    return arrived;
  }

  private static long play(BatcherBench bench, Random random, long firstId, double startMs) {
    double now = startMs;
    long id = firstId;
    for (int event = 0; event < 400; event++) {
      now += random.nextDouble() * 12;
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> {
          Tier tier = random.nextInt(3) == 0 ? Tier.INTERACTIVE : Tier.OFFLINE;
          bench.arrive(now, ++id, tier, 1 + random.nextInt(4));
        }
        case 4 -> bench.cancel(now, firstId + 1 + random.nextInt(400));
        case 5 -> bench.timer(now);
        default -> {
          if (bench.hasRunning() && random.nextInt(20) == 0) {
            bench.fail(now);
          } else if (bench.hasRunning()) {
            bench.complete(now);
          }
        }
      }
    }
    return id - firstId;
  }
}
