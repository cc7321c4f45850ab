package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.TenantSpec;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceReader;
import io.waip.replay.trace.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends the requests: shares, tiers, weights and rate limits. */
class TenantReplayTest {
  private static final long MS = 1_000_000L;

  @TempDir private Path folder;

  private static Replay replay(Traffic traffic, String cost) {
    return Replay.of(
        new ReplaySpec(
            traffic, 50 * MS, CostSpec.parse(cost), new WorkerPool(1, 1, 64), Noise.none(1)));
  }

  private static Traffic generated(int requests, double load, String tenants) {
    return Traffic.generated(new ArrivalSpec.Poisson(), requests, load)
        .withTenants(TenantSpec.parseAll(tenants));
  }

  private static Replay mixed(int requests, double load, String tenants) {
    return replay(generated(requests, load, tenants), "alpha=4ms,beta=0.8ms");
  }

  private Traffic recorded(String lines, String tenants) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), lines.replace('|', '\n'));
    Trace trace = TraceReader.read(file);
    return Traffic.recorded(trace, new Pace.Speedup(1)).withTenants(TenantSpec.parseAll(tenants));
  }

  private static long[] arrivals(Workload workload, int tenant) {
    return IntStream.range(0, workload.size())
        .filter(i -> workload.tenant(i) == tenant)
        .mapToLong(workload::arrivalNanos)
        .toArray();
  }

  @Test
  void dividesTheRequestsByTheShares() {
    Replay replay = mixed(10, 1, "a:share=2,b,c:share=3.4");

    // 10/6.4 of each share: 3.1, 1.6 and 5.3; the one that rounding leaves goes to b.
    assertThat(replay.tenants()).containsExactly("a", "b", "c");
    assertThat(arrivals(replay.workload(), 0)).hasSize(3);
    assertThat(arrivals(replay.workload(), 1)).hasSize(2);
    assertThat(arrivals(replay.workload(), 2)).hasSize(5);
  }

  @Test
  void offersTheLoadAskedForOverAllTenants() {
    Replay replay = mixed(1000, 1.5, "a,b:share=3");

    assertThat(replay.load()).isCloseTo(1.5, within(1e-6));
  }

  @Test
  void aTenantSendsTheSameWhateverOthersSend() {
    long[] alone = arrivals(mixed(400, 0.5, "web").workload(), 0);
    long[] beside = arrivals(mixed(800, 1, "web,batch:tier=offline").workload(), 0);

    assertThat(beside).isEqualTo(alone);
    assertThat(arrivals(mixed(800, 1, "web,batch").workload(), 1)).isNotEqualTo(alone);
  }

  @Test
  void offlineTenantsHaveNoDeadlineAndTheOthersTheSlo() {
    Workload workload = mixed(30, 1, "i,n:tier=nearline,o:tier=offline").workload();

    for (int i = 0; i < workload.size(); i++) {
      assertThat(workload.tier(i)).isEqualTo(Tier.of(workload.tenant(i)));
      boolean isOffline = workload.tenant(i) == 2;
      assertThat(workload.deadlineNanos(i))
          .isEqualTo(
              isOffline ? RequestDescriptor.NO_DEADLINE : workload.arrivalNanos(i) + 50 * MS);
    }
  }

  @Test
  void aTenantAboveItsRateIsRefused() {
    // 2,000 requests at about 1,150 per second: 1.7 s at 100 per second, and 10 at once.
    PolicyRun run = mixed(2000, 1, "a:rate=100/s").play(Policy.WAIP);

    double window = run.workload().windowNanos() / 1e9;
    assertThat(2000 - run.count(Outcome.REJECTED)).isBetween(170L, (long) (10 + 100 * window) + 1);
  }

  @Test
  void weightsReachThePolicy() {
    PolicyRun equal = mixed(4000, 3, "a,b").play(Policy.WAIP);
    PolicyRun unequal = mixed(4000, 3, "a:weight=3,b").play(Policy.WAIP);

    assertThat(equal.serviceNanos().get(0) / equal.serviceNanos().get(1)).isBetween(0.9, 1.1);
    assertThat(unequal.serviceNanos().get(0) / unequal.serviceNanos().get(1)).isGreaterThan(2);
  }

  @Test
  void takesWeightsForTheTenantsOfATrace() throws IOException {
    Traffic traffic = recorded("arrival_ms,tenant|0,a|10,b|20,a", "b:weight=4:rate=30/m");

    assertThat(traffic.tenants().get(0).weight()).isEqualTo(1);
    assertThat(traffic.tenants().get(1).weight()).isEqualTo(4);
    assertThat(traffic.tenants().get(1).ratePerSecond()).isEqualTo(0.5);
  }

  @Test
  void refusesTenantsThatDoNotFitTheRequests() {
    assertThatThrownBy(() -> recorded("arrival_ms,tenant|0,a|10,b", "c:weight=4"))
        .hasMessage("the trace has no tenant 'c'; allowed: a, b; remedy: name one of them");
    assertThatThrownBy(() -> recorded("arrival_ms,tenant|0,a|10,b", "a:share=4"))
        .hasMessageContaining("tenant 'a' has a share or a tier, which the trace gives");
    assertThatThrownBy(() -> generated(100, 1, "a,b:share=100"))
        .hasMessageStartingWith("tenant 'a' gets 1 of 100 requests; allowed: at least 2; remedy:");
  }

  @Test
  void dividesABatchByWhatItsMembersWouldTakeAtTheirOwnLength() throws IOException {
    // All at once in a batch of 2 * 1 + 2 * 3 * 1 ms; of lengths 1 and 3 it would take 4 and 8.
    Traffic traffic = recorded("arrival_ms,length,tenant|0,1,a|0,1,b|0,3,a|90,9,c", "a");
    PolicyRun run = replay(traffic, "alpha=0ms,beta=1ms,gamma=1ms").play(Policy.FIFO);

    // a alone 2 ms, then b and a for 8 ms, then c for 10 ms.
    assertThat(run.serviceNanos().get(0)).isCloseTo((2 + 8 * 8 / 12.0) * MS, within(1.0));
    assertThat(run.serviceNanos().get(1)).isCloseTo(8 * 4 / 12.0 * MS, within(1.0));
    assertThat(run.serviceNanos().get(2)).isCloseTo(10.0 * MS, within(1.0));
  }

  @Test
  void serviceIsThatOfBatchesThatStartedInTheWindow() {
    PolicyRun interactive = mixed(2000, 1.4, "a,b:share=2").play(Policy.WAIP);
    PolicyRun offline = mixed(2000, 1.4, "a:tier=offline,b:share=2:tier=offline").play(Policy.FIFO);

    double busy = interactive.serviceNanos().stream().mapToDouble(nanos -> nanos).sum();
    assertThat(busy).isCloseTo(interactive.log().busyNanos(), within(0.05 * busy));
    double served = offline.serviceNanos().stream().mapToDouble(nanos -> nanos).sum();
    assertThat(served)
        .isBetween(offline.workload().windowNanos() * 0.95, offline.log().busyNanos() * 0.8);
  }

  @Test
  void goodputOfTenantsAddsUp() {
    PolicyRun run = mixed(2000, 1.4, "a,b:share=2,c:tier=offline").play(Policy.WAIP);

    double sum = 0;
    for (int t = 0; t < 3; t++) {
      int tenant = t;
      sum += run.goodputPerSecond(i -> run.workload().tenant(i) == tenant);
    }
    assertThat(sum).isCloseTo(run.goodputPerSecond(), within(1e-6));
  }
}
