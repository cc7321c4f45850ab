package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.RequestDescriptor;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.replay.limit.ListedSource.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GoodputLimitTest {
  private static final long MS = 1_000_000L;

  /** 4 ms + 0.8 ms per request. */
  private static final LatencyModel FLAT = (variant, batch, length) -> 4 * MS + batch * MS * 4 / 5;

  /** 4 ms + 0.1 ms per padded element. */
  private static final LatencyModel PADDED =
      (variant, batch, length) -> 4 * MS + (long) batch * length * MS / 10;

  private static Deployment deployment(int workers, int maxBatch, Variant... more) {
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant("m", 1, maxBatch, 128));
    variants.addAll(List.of(more));
    Service service =
        new Service("s", Objective.interactive(Duration.ofMillis(100)), true, variants);
    return new Deployment(
        List.of(service),
        List.of(Tenant.unlimited("t")),
        IntStream.range(0, workers).mapToObj(w -> Endpoint.worker("w" + w)).toList());
  }

  private static ListedSource random(Random random, int n, boolean offlineToo) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long arrival = random.nextLong(30 * MS);
      boolean offline = offlineToo && random.nextInt(3) == 0;
      long slo = (6 + random.nextInt(3) * 9) * MS;
      long deadline = offline ? RequestDescriptor.NO_DEADLINE : arrival + slo;
      items.add(new Item(arrival, deadline, 1 + random.nextInt(30)));
    }
    items.sort(Comparator.comparingLong(Item::arrival));
    return new ListedSource(items);
  }

  @Property(tries = 400)
  void isNeverBelowTheTrueOptimum(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 7) int n,
      @ForAll @IntRange(min = 1, max = 2) int workers,
      @ForAll boolean padded) {
    LatencyModel model = padded ? PADDED : FLAT;
    ListedSource source = random(new Random(seed), n, true);
    long horizon = 45 * MS;
    int optimum = new ExhaustiveSearch(source, model, 4, horizon).best(workers);
    double limit = GoodputLimit.requests(source, deployment(workers, 4), model, horizon);
    assertThat(limit).isGreaterThanOrEqualTo(optimum - 1e-9).isLessThanOrEqualTo(n + 1e-9);
  }

  @Test
  void isTightEnoughToCatchALimitInflatedByHalf() {
    double limits = 0;
    double optima = 0;
    for (int seed = 0; seed < 60; seed++) {
      ListedSource source = random(new Random(seed), 7, true);
      limits += GoodputLimit.requests(source, deployment(1, 4), PADDED, 45 * MS);
      optima += new ExhaustiveSearch(source, PADDED, 4, 45 * MS).best(1);
    }
    assertThat(limits / optima).isBetween(1.0, 1.5);
    assertThat(limits * 0.5 / optima).as("a limit cut to half is caught").isLessThan(1);
  }

  @Property(tries = 200)
  void equalsTheQuadraticGreedy(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 3) int workers) {
    ListedSource source = random(new Random(seed), n, false);
    double fast = GoodputLimit.requests(source, deployment(workers, 8), PADDED, 0);
    double slow = QuadraticLimit.requests(source, PADDED, 8, workers);
    assertThat(fast).isCloseTo(slow, within(1e-6));
  }

  @Test
  void countsAllWhereEverythingFits() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(new Item(i * 10L * MS, i * 10L * MS + 30 * MS, 1));
    }
    assertThat(GoodputLimit.requests(new ListedSource(items), deployment(1, 8), FLAT, 0))
        .isCloseTo(100, within(1e-6));
  }

  @Test
  void isTheFullBatchRateInDeepOverload() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      items.add(new Item(i * MS / 20, i * MS / 20 + 30 * MS, 1));
    }
    double limit = GoodputLimit.requests(new ListedSource(items), deployment(1, 16), FLAT, 0);
    double rate = 16 / (4 + 0.8 * 16) * 1000;
    assertThat(limit).isBetween(rate * 1.0, rate * 1.04);
  }

  @Test
  void usesACheaperVariantOnlyAboveTheFloor() {
    LatencyModel model = (v, b, l) -> FLAT.medianNanos(0, b, l) / (v + 1);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      items.add(new Item(i * MS / 10, i * MS / 10 + 30 * MS, 1));
    }
    ListedSource source = new ListedSource(items);
    double one = GoodputLimit.requests(source, deployment(1, 8), model, 0);
    double two =
        GoodputLimit.requests(source, deployment(1, 8, new Variant("q", 0.9, 8, 128)), model, 0);
    assertThat(two / one).isBetween(1.8, 2.2);
  }

  @Test
  void handlesTheSizeOfADemoQuickly() {
    ListedSource source = random(new Random(1), 1, false);
    List<Item> items = new ArrayList<>(source.items());
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      long arrival = 30 * MS + i * MS;
      boolean offline = random.nextInt(5) > 0;
      items.add(
          new Item(
              arrival,
              offline ? RequestDescriptor.NO_DEADLINE : arrival + 100 * MS,
              2 + random.nextInt(60)));
    }
    double limit =
        GoodputLimit.requests(new ListedSource(items), deployment(1, 64), PADDED, 20_030 * MS);
    assertThat(limit).isBetween(1_000.0, 20_001.0);
  }

  @Test
  void capacityIsTheRateOfTheLargestBatchWithinTheObjective() {
    double flat = Capacity.requestsPerSecond(deployment(2, 64), FLAT, 0, new int[] {1, 1, 1});
    assertThat(flat).isCloseTo(2 * 64 / 0.0552, within(0.01));
    assertThatThrownBy(() ->
            Capacity.requestsPerSecond(deployment(1, 4), (v, b, l) -> 101 * MS, 0, new int[] {1}))
        .hasMessageContaining("longer than the objective of 100.000 ms");
  }
}
