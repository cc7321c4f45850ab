package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.api.Durations;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.RateSpec;
import io.waip.replay.spec.ServerSpec;
import io.waip.replay.spec.SourceSpec;
import io.waip.replay.spec.WorkloadSpec;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.TraceFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final CostSpec COST = CostSpec.parse("alpha=4ms,beta=0.8ms");

  @TempDir private Path folder;

  private static ServerSpec server(int workers, String slo) {
    return new ServerSpec(Durations.parseNanos(slo), workers, COST, 64);
  }

  private static WorkloadSpec generated(String arrivals, double load, int requests) {
    return new WorkloadSpec(
        new SourceSpec.Generated(ArrivalSpec.parse(arrivals)),
        new RateSpec.Load(load),
        null,
        requests);
  }

  private static ReplayReport run(WorkloadSpec workload, ServerSpec server, double noise) {
    ReplaySpec spec =
        new ReplaySpec(
            workload, server, List.of(Policy.WAIP, Policy.FIFO, Policy.EDF_PREFIX), noise, 1);
    return Replay.run(spec, result -> {});
  }

  private Path trace(String rows) throws IOException {
    return Files.writeString(folder.resolve("trace.csv"), rows.replace("|", "\n"));
  }

  private static WorkloadSpec recorded(Path trace, RateSpec rate, @Nullable Integer requests) {
    return new WorkloadSpec(new SourceSpec.Recorded(trace), rate, null, requests);
  }

  @Test
  void noPolicyExceedsTheLimitAndEveryRequestIsAccountedFor() {
    for (String arrivals : List.of("poisson", "gamma:cv=8", "mmpp:rates=1/6,dwell=1s/200ms")) {
      ReplayReport report = run(generated(arrivals, 1.3, 4000), server(2, "50ms"), 0);
      assertThat(report.load()).isCloseTo(1.3, Offset.offset(1e-6));
      for (PolicyResult result : report.policies()) {
        assertThat(result.goodputOverLimit()).isBetween(0.0, 1.0 + 1e-9);
        assertThat(
                result.completed()
                    + result.late()
                    + result.rejected()
                    + result.evicted()
                    + result.failed()
                    + result.cancelled())
            .isEqualTo(4000);
        assertThat(result.attainment() * report.offeredRps())
            .isCloseTo(result.goodputRps(), Offset.offset(1e-6));
      }
    }
  }

  @Test
  void thePlannerStandsOverloadThatBreaksTheBaselines() {
    ReplayReport report = run(generated("poisson", 1.3, 8000), server(1, "50ms"), 0);
    List<PolicyResult> results = report.policies();
    assertThat(results.get(0).goodputOverLimit()).isGreaterThan(0.9);
    assertThat(results.get(1).goodputOverLimit()).isLessThan(0.3);
    assertThat(results.get(2).goodputOverLimit()).isLessThan(0.6);
  }

  @Test
  void repeatsForASeedAndNoticesOneChangedArrival() throws IOException {
    RateSpec asRecorded = new RateSpec.AsRecorded();
    Path first = trace("arrival_ms|0|5|9|20");
    List<String> hashes = hashes(run(recorded(first, asRecorded, null), server(1, "30ms"), 0.1));
    assertThat(hashes(run(recorded(first, asRecorded, null), server(1, "30ms"), 0.1)))
        .isEqualTo(hashes);
    Path changed = trace("arrival_ms|0|5|9.000001|20");
    List<String> others = hashes(run(recorded(changed, asRecorded, null), server(1, "30ms"), 0.1));
    for (int i = 0; i < hashes.size(); i++) {
      assertThat(others.get(i)).isNotEqualTo(hashes.get(i));
    }
  }

  private static List<String> hashes(ReplayReport report) {
    return report.policies().stream().map(PolicyResult::decisionHash).toList();
  }

  @Test
  void countsOfflineWorkThatEndsInTheWindow() throws IOException {
    Path file = trace("arrival_ms,tier,tenant|0,offline,a|1,offline,a|100,interactive,b");
    ReplayReport report =
        run(recorded(file, new RateSpec.AsRecorded(), null), server(1, "50ms"), 0);
    for (PolicyResult result : report.policies()) {
      assertThat(result.attainmentByTier()).containsEntry("offline", 1.0);
      assertThat(result.attainmentByTenant()).containsOnlyKeys("a", "b");
      assertThat(result.attainment()).isEqualTo(1);
    }
    assertThat(report.limitRps()).isCloseTo(report.offeredRps(), Offset.offset(1e-9));
  }

  @Test
  void takesTheFirstRequestsAtTheRateAskedFor() throws IOException {
    Path file = trace("arrival_s|0|1|2|3|100");
    ReplayReport twice = run(recorded(file, new RateSpec.Speedup(2), 4), server(1, "50ms"), 0);
    assertThat(twice.requests()).isEqualTo(4);
    assertThat(twice.offeredRps()).isCloseTo(2, Offset.offset(1e-9));
    ReplayReport half = run(recorded(file, new RateSpec.Load(0.5), 4), server(1, "50ms"), 0);
    assertThat(half.offeredRps()).isCloseTo(half.capacityRps() / 2, Offset.offset(0.01));
    assertThatThrownBy(() -> run(recorded(file, new RateSpec.AsRecorded(), 6), server(1, "1s"), 0))
        .hasMessage("the trace has 5 requests, fewer than the 6 asked for");
  }

  @Test
  void lengthsComeFromTheirFileRoundAndRound() throws IOException {
    Path lengths = Files.writeString(folder.resolve("lengths.csv"), "wordpieces\n10\n30\n");
    WorkloadSpec workload =
        new WorkloadSpec(
            new SourceSpec.Generated(ArrivalSpec.parse("poisson")),
            new RateSpec.Load(1),
            lengths,
            null);
    CostSpec cost = CostSpec.parse("alpha=4ms,beta=0ms,gamma=0.02ms");
    ReplayReport report = run(workload, new ServerSpec(50_000_000, 1, cost, 16), 0);
    // 16 of length 10 take 7.2 ms, 16 of length 30 take 13.6 ms.
    assertThat(report.capacityRps()).isCloseTo(2 / ((0.0072 + 0.0136) / 16), Offset.offset(1e-6));
    assertThat(report.requests()).isEqualTo(WorkloadSpec.DEFAULT_REQUESTS);
    assertThat(report.policies().getFirst().attainmentByLengthFifth()).hasSize(5);
    assertThat(report.policies().getFirst().goodputOverLimit()).isLessThan(1 + 1e-9);
  }

  @Test
  void writesTheKeysCommandsRelyOn() throws IOException {
    List<PolicyResult> seen = new ArrayList<>();
    ReplaySpec spec =
        new ReplaySpec(
            generated("poisson", 0.5, 100), server(1, "50ms"), List.of(Policy.FIFO), 0, 1);
    ReplayReport report = Replay.run(spec, seen::add);
    assertThat(seen).isEqualTo(report.policies());
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    for (String key : List.of("requests", "offered_rps", "limit_rps", "capacity_rps", "slo_ms")) {
      assertThat(json.get(key).isNumber()).as(key).isTrue();
    }
    JsonNode policy = json.get("policies").get(0);
    for (String key :
        List.of("goodput_rps", "goodput_over_limit", "attainment", "batches", "p50_ms", "p99_ms")) {
      assertThat(policy.get(key).isNumber()).as(key).isTrue();
    }
    assertThat(policy.get("policy").asText()).isEqualTo("fifo");
    assertThat(policy.get("decision_hash").asText()).matches("[0-9a-f]{64}");
    assertThat(policy.get("attainment_by_length_fifth").size()).isZero();
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertThatThrownBy(() -> server(1, "4ms"))
        .hasMessage(
            "slo 4ms is below the 4800us that one request takes; allowed: at least that; "
                + "remedy: raise the slo or lower the cost");
    assertThatThrownBy(() -> server(0, "50ms")).hasMessageContaining("workers must be in [1, 64]");
    assertThatThrownBy(() -> new ServerSpec(1L << 40, 1, COST, 0))
        .hasMessageContaining("max_batch");
    assertThatThrownBy(() -> new RateSpec.Speedup(0)).hasMessageContaining("speedup must be");
    assertThatThrownBy(() -> new RateSpec.Load(Double.NaN)).hasMessageContaining("load must be");
    assertThatThrownBy(() -> generated("poisson", 1, 1)).hasMessageContaining("[2, 5000000]");
    SourceSpec poisson = new SourceSpec.Generated(ArrivalSpec.parse("poisson"));
    assertThatThrownBy(() -> new WorkloadSpec(poisson, new RateSpec.Speedup(2), null, null))
        .hasMessageContaining("give --load");
    WorkloadSpec workload = generated("poisson", 1, 10);
    assertThatThrownBy(() -> new ReplaySpec(workload, server(1, "1s"), List.of(), 0, 1))
        .hasMessageContaining("waip, fifo, edf-prefix");
    assertThatThrownBy(() -> new ReplaySpec(workload, server(1, "1s"), List.of(Policy.FIFO), -1, 1))
        .hasMessageContaining("noise");
    assertThatThrownBy(() ->
            run(
                recorded(folder.resolve("none.csv"), new RateSpec.AsRecorded(), null),
                server(1, "50ms"),
                0))
        .isInstanceOf(TraceFormatException.class);
  }

  /** The conversation trace at 1,438 requests/s for each of four workers, SLO 50 ms. */
  @Test
  void replaysARecordedTraceNearItsLimit() {
    Optional<Path> file = TestWorkloads.shared("azure_llm_2023_conv.csv");
    assumeTrue(
        file.isPresent(), "skipped: azure_llm_2023_conv.csv is neither in WAIP_SHARED nor beside");
    RateSpec rate = new RateSpec.Speedup(4 * 1438 / 5.535);
    ReplayReport report = run(recorded(file.orElseThrow(), rate, null), server(4, "50ms"), 0);
    assertThat(report.limitOverOffered()).isCloseTo(0.785, Offset.offset(0.01));
    assertThat(report.policies().get(0).goodputOverLimit()).isBetween(0.9, 1.0);
    assertThat(report.policies().get(1).goodputOverLimit()).isLessThan(0.15);
    assertThat(report.policies().get(2).goodputOverLimit()).isBetween(0.15, 0.35);
  }
}
