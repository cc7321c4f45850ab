package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.TenantSpec;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the planner owes several tenants and offline work; a batch takes 4 ms + 0.8 ms for each of
 * at most 64 requests, the objective is 50 ms.
 */
class ScenarioBarsTest {
  private static final long MS = 1_000_000L;

  /** Time of the largest batch: the largest charge of a tenant at once. */
  private static final double LARGEST_CHARGE = (4 + 0.8 * 64) * MS;

  @TempDir private Path folder;

  private static Replay replay(int requests, double load, int workers, String tenants) {
    Traffic traffic =
        Traffic.generated(new ArrivalSpec.Poisson(), requests, load)
            .withTenants(TenantSpec.parseAll(tenants));
    return replay(traffic, workers);
  }

  private static Replay replay(Traffic traffic, int workers) {
    CostSpec cost = CostSpec.parse("alpha=4ms,beta=0.8ms");
    return Replay.of(
        new ReplaySpec(traffic, 50 * MS, cost, new WorkerPool(workers, 1, 64), Noise.none(1)));
  }

  private static double goodput(PolicyRun run, Tier tier) {
    return run.goodputPerSecond(i -> run.workload().tier(i) == tier);
  }

  private static double attainment(PolicyRun run, int tenant) {
    return run.attainment(i -> run.workload().tenant(i) == tenant).orElseThrow();
  }

  /** What is left: the limit of all requests, less what the interactive ones got. */
  @ParameterizedTest
  @CsvSource({
    "4, 0.5", "4, 0.75", "4, 1", "4, 1.25", "4, 1.5", "2, 0.5", "2, 0.75", "2, 1", "2, 1.25"
  })
  void offlineWorkGetsWhatIsLeftAndCostsTheInteractiveNothing(int workers, double load) {
    PolicyRun alone = replay(10_000, load / 2, workers, "web").play(Policy.WAIP);
    Replay both = replay(20_000, load, workers, "web,batch:tier=offline");
    PolicyRun beside = both.play(Policy.WAIP);

    double interactive = goodput(beside, Tier.INTERACTIVE);
    double left = both.limit().ratePerSecond() - interactive;
    assertThat(interactive).isGreaterThanOrEqualTo(0.99 * alone.goodputPerSecond());
    assertThat(goodput(beside, Tier.OFFLINE)).isGreaterThanOrEqualTo(0.85 * left);
  }

  /** All requests come at once, and none of the tenants is done before the window ends. */
  @ParameterizedTest
  @CsvSource({"1, 3000, 3000", "4, 6500, 1500"})
  void backloggedTenantsAreServedByWeightWithinTwoBatches(int workers, int each, int windowMs)
      throws IOException {
    StringBuilder lines = new StringBuilder("arrival_ms,tenant,tier\n");
    lines.append("0,a,offline\n0,b,offline\n".repeat(each)).append(windowMs).append(",b,offline\n");
    Trace trace = TraceReader.read(Files.writeString(folder.resolve("t.csv"), lines));
    Traffic traffic =
        Traffic.recorded(trace, new Pace.Speedup(1)).withTenants(TenantSpec.parseAll("a:weight=3"));
    PolicyRun run = replay(traffic, workers).play(Policy.WAIP);

    double gap = Math.abs(run.serviceNanos().get(0) / 3 - run.serviceNanos().get(1));
    assertThat(gap).isLessThanOrEqualTo(2 * LARGEST_CHARGE);
    assertThat(run.serviceNanos().get(1)).isGreaterThan(10 * LARGEST_CHARGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void overloadedInteractiveTenantsAreServedByWeight(int workers) {
    PolicyRun run = replay(40_000, 6, workers, "a:weight=3,b").play(Policy.WAIP);

    assertThat(run.serviceNanos().get(0) / run.serviceNanos().get(1)).isBetween(2.7, 3.3);
  }

  /** The small tenant asks for a tenth of the workers, a fifth of its share. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aTenantInsideItsShareIsServedWhileAnotherSendsAHundredTimesAsMuch(int workers) {
    PolicyRun run = replay(101 * 400, 10.1, workers, "good,bad:share=100").play(Policy.WAIP);

    double alone = replay(40_000, 10, workers, "bad").play(Policy.WAIP).goodputPerSecond();
    assertThat(attainment(run, 0)).isGreaterThanOrEqualTo(0.99);
    assertThat(run.goodputPerSecond()).isGreaterThan(0.9 * alone);
  }

  @Test
  void aTenantAboveItsShareIsNotProtected() {
    PolicyRun run = replay(40_000, 10, 1, "one,two").play(Policy.WAIP);

    assertThat(attainment(run, 0)).isLessThan(0.2);
  }
}
