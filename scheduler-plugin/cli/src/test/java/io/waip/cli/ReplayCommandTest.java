package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.replay.ReplayCommand;
import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {
  private static final List<String> HASHED = List.of("waip", "fifo", "edf-prefix");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Cancellation cancellation = new Cancellation();

  @TempDir private Path folder;
  private Path trace = Path.of("");

  @BeforeEach
  void writeTrace() throws IOException {
    trace = writeTrace("trace.csv", 0);
  }

  /** Writes 2,000 arrivals with gaps of 0 to 2 ms, one of them shifted. */
  private Path writeTrace(String name, double shiftMs) throws IOException {
    Random random = new Random(7);
    StringBuilder lines = new StringBuilder("arrival_ms,length,tenant,tier\n");
    double now = 0;
    for (int i = 0; i < 2000; i++) {
      now += 2 * random.nextDouble();
      lines.append(i == 1000 ? now + shiftMs : now).append(',').append(1 + random.nextInt(40));
      lines
          .append(i % 3 == 0 ? ",gold" : ",free")
          .append(i % 10 == 9 ? ",offline\n" : ",interactive\n");
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  private int replay(Object... args) {
    CommandLine commandLine = Main.commandLine(cancellation);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of("replay"));
    for (Object arg : args) {
      words.add(arg.toString());
    }
    return Main.execute(commandLine, words.toArray(String[]::new));
  }

  private JsonNode figures(Object... args) throws IOException {
    Path json = folder.resolve("out.json");
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--json", json));
    assertThat(replay(all.toArray())).as(err.toString()).isZero();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static List<String> hashes(JsonNode figures) {
    List<String> hashes = new ArrayList<>();
    figures.get("policies").forEach(policy -> hashes.add(policy.get("decision_hash").asText()));
    return hashes;
  }

  @Test
  void writesTheFiguresOfEveryPolicyBesideTheLimit() throws IOException {
    JsonNode figures = figures("--trace", trace, "--load", "1.3", "--workers", "4");

    assertThat(figures.get("requests").asInt()).isEqualTo(2000);
    assertThat(figures.get("load").asDouble()).isBetween(1.2999, 1.3001);
    double offered = figures.get("offered_rps").asDouble();
    double limit = figures.get("limit_rps").asDouble();
    assertThat(limit).isBetween(0.5 * offered, offered);
    assertThat(figures.get("policies")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode policy = figures.get("policies").get(i);
      assertThat(policy.get("policy").asText()).isEqualTo(HASHED.get(i));
      double goodput = policy.get("goodput_rps").asDouble();
      assertThat(policy.get("goodput_over_limit").asDouble())
          .isEqualTo(goodput / limit)
          .isLessThan(1.0001);
      assertThat(policy.get("attainment").asDouble() * offered)
          .isBetween(goodput - 1e-6, goodput + 1e-6);
      assertThat(policy.get("batches").asInt()).isBetween(2000 / 64, 2000);
      assertThat(policy.get("decision_hash").asText()).matches("[0-9a-f]{64}");
      assertThat(ended(policy)).isEqualTo(2000);
      assertThat(policy.get("p50_ms").asDouble())
          .isLessThanOrEqualTo(policy.get("p99_ms").asDouble());
      assertThat(policy.get("attainment_by_tier").has("offline")).isTrue();
      assertThat(policy.get("attainment_by_tenant").size()).isEqualTo(2);
    }
  }

  private static int ended(JsonNode policy) {
    int ended = 0;
    for (String outcome :
        List.of("completed", "late", "rejected", "evicted", "failed", "cancelled")) {
      ended += policy.get(outcome).asInt();
    }
    return ended;
  }

  @Test
  void theDocumentationListsEveryKeyAndOption() throws IOException {
    String page = Files.readString(ProjectFiles.at("docs/replay.md"));
    List<String> names = new ArrayList<>();
    JsonNode figures = figures("--trace", trace);
    figures.fieldNames().forEachRemaining(names::add);
    names.set(names.indexOf("policies"), "policies[]");
    figures.get("policies").get(0).fieldNames().forEachRemaining(names::add);
    CommandLine command = new CommandLine(new ReplayCommand(cancellation));
    names.addAll(command.getCommandSpec().optionsMap().keySet());
    names.removeAll(List.of("-h", "--help", "-V", "--version"));

    assertThat(names).hasSize(21 + 27 + 29);
    assertThat(names).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  @Test
  void tunesTritonAndSaysHowMuchOfTheGapIsClosed() throws IOException {
    JsonNode stock = figures("--trace", trace, "--load", "1.3", "--policy", "waip,triton");
    JsonNode figures =
        figures("--trace", trace, "--load", "1.3", "--policy", "waip,triton", "--tune");

    JsonNode tuned = figures.get("tuned");
    assertThat(stock.get("tuned").isNull()).isTrue();
    assertThat(tuned.get("configurations").asInt()).isEqualTo(901);
    double before = stock.get("policies").get(1).get("attainment").asDouble();
    double after = figures.get("policies").get(1).get("attainment").asDouble();
    assertThat(after).isGreaterThan(before).isEqualTo(tuned.get("attainment").asDouble());
    double limit = figures.get("limit_rps").asDouble();
    double best = figures.get("policies").get(0).get("goodput_rps").asDouble();
    double baseline = figures.get("policies").get(1).get("goodput_rps").asDouble();
    assertThat(figures.get("policies").get(0).get("gap_closed").asDouble())
        .isEqualTo((best - baseline) / (limit - baseline));
    assertThat(out.toString()).contains("triton runs with the best of 901 settings: max batch ");
  }

  @Test
  void padsBatchesOfThePlannerToBuckets() throws IOException {
    String cost = "alpha=4ms,gamma=20us";
    JsonNode free = figures("--trace", trace, "--cost", cost);
    JsonNode given = figures("--trace", trace, "--cost", cost, "--buckets", "16,40");
    JsonNode found = figures("--trace", trace, "--cost", cost, "--buckets", "auto:2");

    assertThat(free.get("buckets")).isEmpty();
    assertThat(given.get("buckets").toString()).isEqualTo("[16,40]");
    assertThat(found.get("buckets").toString()).isEqualTo("[24,40]");
    assertThat(hashes(given).get(0)).isNotEqualTo(hashes(free).get(0));
    assertThat(hashes(given).subList(1, 3)).isEqualTo(hashes(free).subList(1, 3));
    assertThat(out.toString()).contains("waip pads batches to lengths 16, 40");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "waip;40,16;does not ascend",
        "waip;0;no list of lengths",
        "waip;auto:65;auto:1 to auto:64",
        "fifo;auto:2;add waip to --policy"
      })
  void refusesBucketsThatCannotBe(String policy, String buckets, String message) {
    String cost = "alpha=4ms,gamma=20us";
    assertThat(replay("--cost", cost, "--policy", policy, "--buckets", buckets)).isEqualTo(2);
    assertThat(err.toString()).contains("--buckets").contains(message);
    assertThat(replay("--buckets", "auto:2")).isEqualTo(2);
    assertThat(err.toString()).contains("give gamma");
  }

  @Test
  void tuningNeedsThePolicyThatHasSettings() {
    assertThat(replay("--tune")).isEqualTo(2);
    assertThat(err.toString()).contains("--tune").contains("add triton to --policy");
  }

  @Test
  void printsALineForEachPolicy() {
    assertThat(replay("--trace", trace, "--policy", "fifo,waip")).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("limit "))
        .anyMatch(line -> line.startsWith("fifo "))
        .anyMatch(line -> line.startsWith("waip "))
        .noneMatch(line -> line.startsWith("edf-prefix"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void oneChangedArrivalChangesEveryHash() throws IOException {
    List<String> hashes = hashes(figures("--trace", trace));

    assertThat(hashes(figures("--trace", writeTrace("same.csv", 0)))).isEqualTo(hashes);
    assertThat(hashes(figures("--trace", writeTrace("other.csv", 1e-6))))
        .doesNotContainAnyElementsOf(hashes);
  }

  @Test
  void speedupMultipliesTheOfferedRate() throws IOException {
    double recorded = figures("--trace", trace).get("offered_rps").asDouble();

    double fast = figures("--trace", trace, "--speedup", "2.5").get("offered_rps").asDouble();
    assertThat(fast / recorded).isBetween(2.4999, 2.5001);
  }

  @Test
  void generatesRequestsWithoutATrace() throws IOException {
    JsonNode poisson = figures("--requests", "500", "--load", "1.2", "--seed", "3");
    JsonNode bursty =
        figures("--requests", "500", "--load", "1.2", "--seed", "3", "--arrivals", "gamma:cv=4");

    assertThat(poisson.get("requests").asInt()).isEqualTo(500);
    assertThat(poisson.get("load").asDouble()).isBetween(1.1999, 1.2001);
    assertThat(bursty.get("limit_rps").asDouble()).isLessThan(poisson.get("limit_rps").asDouble());
    assertThat(hashes(figures("--requests", "500", "--load", "1.2", "--seed", "3")))
        .isEqualTo(hashes(poisson));
    assertThat(hashes(figures("--requests", "500", "--load", "1.2", "--seed", "4")))
        .doesNotContainAnyElementsOf(hashes(poisson));
  }

  @Test
  void noiseChangesTheRunsAndNotTheLimit() throws IOException {
    JsonNode exact = figures("--trace", trace);
    JsonNode noisy = figures("--trace", trace, "--noise", "0.2");

    assertThat(noisy.get("limit_rps")).isEqualTo(exact.get("limit_rps"));
    assertThat(hashes(noisy)).doesNotContainAnyElementsOf(hashes(exact));
  }

  @Test
  void lengthsOfAFileRaiseTheTimesWhereTheCostHasGamma() throws IOException {
    Path lengths = Files.writeString(folder.resolve("l.csv"), "wordpieces\n10\n30\n");
    String cost = "alpha=4ms,beta=0.8ms,gamma=0.05ms";
    double shorter = figures("--requests", "100", "--cost", cost).get("capacity_rps").asDouble();

    double longer =
        figures("--requests", "100", "--cost", cost, "--lengths", lengths)
            .get("capacity_rps")
            .asDouble();
    assertThat(longer).isLessThan(0.8 * shorter);
  }

  @Test
  void bracketsTheOptimumBetweenTheBestScheduleFoundAndTheLimit() throws IOException {
    JsonNode figures =
        figures(
            "--arrivals",
            "gamma:cv=5",
            "--requests",
            "2000",
            "--load",
            "1.2",
            "--policy",
            "waip,nexus,clockwork,symphony,edf-prefix,triton,clipper-aimd");
    double found = figures.get("clairvoyant_rps").asDouble();
    assertThat(found).isLessThanOrEqualTo(figures.get("limit_rps").asDouble() * (1 + 1e-9));
    figures
        .get("policies")
        .forEach(policy ->
            assertThat(policy.get("goodput_rps").asDouble())
                .as(policy.get("policy").asText())
                .isLessThanOrEqualTo(found * (1 + 1e-9)));
    assertThat(out.toString()).contains("best schedule found with full knowledge ");
  }

  @Test
  void theLossOfAPolicyAddsUpToWhatTheLimitIsAboveIt() throws IOException {
    JsonNode figures = figures("--trace", trace, "--load", "1.3", "--workers", "2");
    double limit = figures.get("limit_rps").asDouble();
    for (JsonNode policy : figures.get("policies")) {
      double sum = 0;
      for (JsonNode part : policy.get("loss")) {
        assertThat(part.asDouble()).as(policy.get("policy").asText()).isGreaterThan(-1e-6);
        sum += part.asDouble();
      }
      assertThat(sum).isCloseTo(limit - policy.get("goodput_rps").asDouble(), within(1e-6));
    }
    JsonNode fifo = figures.get("policies").get(1).get("loss");
    assertThat(fifo.get("late_in_batch_rps").asDouble()).isGreaterThan(0.5 * limit);
    assertThat(figures.get("simulated_requests_per_second").asDouble()).isPositive();
  }

  @Test
  void doesNotSearchLargeWorkloadsWithFullKnowledge() throws IOException {
    JsonNode figures = figures("--requests", "20001", "--policy", "fifo");
    assertThat(figures.get("clairvoyant_rps").isNull()).isTrue();
    assertThat(out.toString()).contains("not searched with events or above 20000 requests");
  }

  @Test
  void tellsWhatEachTenantAndTierGot() throws IOException {
    JsonNode figures =
        figures(
            "--requests",
            "6000",
            "--load",
            "3",
            "--tenants",
            "gold:weight=3,free,batch:tier=offline");

    for (JsonNode policy : figures.get("policies")) {
      double goodput = policy.get("goodput_rps").asDouble();
      assertThat(sum(policy.get("goodput_by_tenant_rps"))).isCloseTo(goodput, within(1e-6));
      assertThat(sum(policy.get("goodput_by_tier_rps"))).isCloseTo(goodput, within(1e-6));
      assertThat(policy.get("service_by_tenant_s").size()).isEqualTo(3);
    }
    JsonNode waip = figures.get("policies").get(0).get("service_by_tenant_s");
    assertThat(waip.get("gold").asDouble()).isGreaterThan(2 * waip.get("free").asDouble());
    assertThat(out.toString().lines()).anyMatch(line -> line.matches("  gold .* s of worker time"));
  }

  private static double sum(JsonNode figures) {
    double sum = 0;
    for (JsonNode figure : figures) {
      sum += figure.asDouble();
    }
    return sum;
  }

  @Test
  void tellsWhatEachServiceGotOnSeveralKindsOfWorkers() throws IOException {
    JsonNode figures =
        figures(
            "--requests",
            "4000",
            "--services",
            "embed:share=3,rerank:slo=100ms:alpha=8ms",
            "--devices",
            "a100:speed=2,t4:count=2",
            "--policy",
            "waip,triton,nexus");

    assertThat(figures.get("workers").asInt()).isEqualTo(3);
    assertThat(figures.get("slo_ms").asDouble()).isEqualTo(50);
    assertThat(figures.get("services").get(1).get("alpha_ms").asDouble()).isEqualTo(8);
    assertThat(figures.get("devices").get(0).get("speed").asDouble()).isEqualTo(2);
    assertThat(figures.get("clairvoyant_rps").asDouble())
        .isLessThanOrEqualTo(figures.get("limit_rps").asDouble());
    for (JsonNode policy : figures.get("policies")) {
      assertThat(sum(policy.get("goodput_by_service_rps")))
          .isCloseTo(policy.get("goodput_rps").asDouble(), within(1e-6));
      assertThat(policy.get("attainment_by_service").get("rerank").asDouble()).isPositive();
    }
    assertThat(out.toString())
        .contains("rerank ", " requests, SLO 100ms", "a100 ", "1 worker of speed 2.0");
  }

  @Test
  void aWorkerThatGoesDownFailsItsBatchAndIsSeenInHashAndTable() throws IOException {
    List<String> same = List.of("--workers", "2", "--load", "0.9", "--requests", "4000");
    JsonNode calm = figures(same.toArray());
    List<String> eventful = new ArrayList<>(same);
    eventful.addAll(List.of("--events", "500ms:worker-2:down,900ms:worker-2:up"));
    JsonNode figures = figures(eventful.toArray());

    assertThat(figures.get("events").get(1).asText()).isEqualTo("900ms:worker-2:up");
    assertThat(figures.get("limit_rps").asDouble())
        .isBetween(0.7 * calm.get("limit_rps").asDouble(), calm.get("limit_rps").asDouble());
    assertThat(figures.get("clairvoyant_rps").isNull()).isTrue();
    assertThat(hashes(figures)).doesNotContainAnyElementsOf(hashes(calm));
    for (JsonNode policy : figures.get("policies")) {
      assertThat(policy.get("failed").asInt()).isBetween(1, 64);
      assertThat(ended(policy)).isEqualTo(4000);
      assertThat(policy.get("loss").get("failed_rps").asDouble()).isPositive();
    }
    assertThat(out.toString())
        .contains(
            "events 500ms:worker-2:down, 900ms:worker-2:up; the limit knows which workers are down")
        .contains(" failed with their worker");
  }

  @Test
  void refusesATenantThatTheTraceDoesNotHave() {
    assertThat(replay("--trace", trace, "--tenants", "silver:weight=2")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--tenants", "no tenant 'silver'", "allowed: gold, free")
        .hasLineCount(1);
  }

  @Test
  void saysThatLengthsHaveNoEffectWithoutGamma() throws IOException {
    Path lengths = Files.writeString(folder.resolve("l.csv"), "wordpieces\n10\n30\n");

    assertThat(replay("--requests", "100", "--lengths", lengths)).isZero();
    assertThat(out.toString()).contains("--lengths has no effect");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--policy best; --policy: unknown policy 'best'; waip,fifo,edf-prefix,triton,clipper-aimd,nexus,clockwork,symphony",
        "--policy fifoo; did you mean 'fifo'?; allowed: ",
        "--policy fifo,fifo; 'fifo' is named twice; each once",
        "--policy fifo,; unknown policy ''; allowed: ",
        "--slo 50; '50' is not a duration; 50ms",
        "--slo 0ms; --slo: value out of range; above 0s",
        "--slo 2h; --slo: value out of range; at most 1h",
        "--slo 4ms; slo 4.000 ms is below the 4.800 ms; raise the slo",
        "--workers 0; --workers: 0 is out of range; 1 to 64",
        "--workers 65; --workers: 65 is out of range; 1 to 64",
        "--workers many; --workers; 'many'",
        "--max-batch 0; --max-batch: 0 is out of range; 1 to 1024",
        "--max-batch 2000; --max-batch: 2000 is out of range; 1 to 1024",
        "--cost 4ms; --cost: cost '4ms': unknown part; alpha=4ms,beta=0.8ms",
        "--cost alpha=4,beta=1ms; '4' is not a duration; allowed: ",
        "--cost alpha=4ms; beta and gamma are missing; allowed: ",
        "--arrivals uniform; --arrivals: arrivals 'uniform'; gamma:cv=13",
        "--arrivals diurnal:period=60s,peak=0.5; peak must be in [1, 1000]; diurnal:period=60s,peak=3",
        "--arrivals gamma:cv=0; cv must be in [0.01, 100]; allowed: ",
        "--noise -1; --noise: -1.0 is out of range; 0 to 2",
        "--noise NaN; --noise: NaN is out of range; 0 to 2",
        "--load 0; --load: 0.0 is out of range; 0.001 to 1000",
        "--load Infinity; --load: Infinity is out of range; 0.001 to 1000",
        "--load 2x; --load; '2x'",
        "--requests 1; --requests: 1 is out of range; 2 to 10000000",
        "--seed x; --seed; 'x'",
        "--speedup 2; --speedup: generated requests; give --load",
        "--speedup 2 --load 2; --speedup: given together with --load; remove one",
        "--tenants a:wieght=2; --tenants: tenants 'a:wieght=2': unknown part 'wieght=2'; allowed: ",
        "--tenants a,b:share=0.00001; tenant 'b' gets 0 of 20000 requests; remedy: more --requests",
        "--services a,a; --services: services 'a,a': 'a' is named twice; allowed: NAME[:share=1]",
        "--services a:slo=4ms; slo 4.000 ms is below the 4.800 ms; raise the slo",
        "--devices a:speed=0; --devices: devices 'a:speed=0': speed of 'a' must be in; allowed: ",
        "--devices a:count=65; --devices: a replay has at least 1 and at most 64 workers; got 65",
        "--devices a --workers 2; --workers: given together with --devices; remove one",
        "--events 1s:worker-2:down; --events: no worker is named 'worker-2'; allowed: worker-1; remedy",
        "--events 1s:worker-1:off; --events: events '1s:worker-1:off': unknown change 'off'; allowed: ",
        "--trace t.csv --arrivals poisson; --arrivals: given together with --trace; remove one",
        "--secnods 3; unknown option '--secnods'; --seed",
      })
  void aWrongCallIsOneLineWithPlaceAndRemedy(String args, String what, String more) {
    assertThat(replay((Object[]) args.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("waip replay: ").contains(what, more);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "arrival_ms,length|1,5|2,|3,5; :3: column 'length': found ''",
        "arrival_ms|1||3; :3: blank line",
        "arrival_ms|3|1; :3: column 'arrival_ms': found '1'",
        "arrival_ms|1|NaN; :3: column 'arrival_ms': found 'NaN'",
        "arrival_ms|1|-2; found '-2'",
        "time|1|2; unknown column 'time'",
        "''; the file is empty",
      })
  void aBrokenTraceIsOneLineWithFileAndLine(String content, String what) throws IOException {
    Files.writeString(trace, content.replace('|', '\n'));

    assertThat(replay("--trace", trace, "--json", folder.resolve("out.json"))).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(trace.toString(), what, "; allowed: ", "; remedy: ");
    assertThat(folder.resolve("out.json")).doesNotExist();
  }

  @Test
  void aMissingFileIsOneLine() {
    assertThat(replay("--trace", folder.resolve("none.csv"))).isEqualTo(1);
    assertThat(err.toString()).contains("none.csv: no such file");
    assertThat(replay("--lengths", folder)).isEqualTo(1);
    assertThat(err.toString()).contains(folder + ": it cannot be read");
  }

  @Test
  void moreRequestsThanTheTraceHasIsAWrongCall() {
    assertThat(replay("--trace", trace, "--requests", "2001")).isEqualTo(2);

    assertThat(err.toString()).contains("--requests: 2001 asked for", "allowed: 2 to 2000");
  }

  @Test
  void aPaceThatLeavesNoTimeIsAWrongCall() throws IOException {
    Files.writeString(trace, "arrival_ns\n1\n2\n");

    assertThat(replay("--trace", trace, "--speedup", "1000")).isEqualTo(2);
    assertThat(err.toString()).contains("span 0", "change the speedup");
  }

  @Test
  void aPlaceForJsonThatDoesNotExistIsFoundFirst() {
    assertThat(replay("--json", folder.resolve("no/out.json"))).isEqualTo(1);

    assertThat(err.toString()).contains("--json", "does not exist");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aRequestedEndStopsBeforeTheNextPolicyAndWritesNothing() {
    cancellation.request();

    assertThat(replay("--requests", "50", "--json", folder.resolve("out.json"))).isEqualTo(1);
    assertThat(err.toString()).contains("stopped after 0 of 3 policies");
    assertThat(folder.resolve("out.json")).doesNotExist();
  }

  @Test
  void thePlannerStaysNearTheLimitOnARecordedTrace() throws IOException {
    Path azure = sharedTrace("azure_llm_2023_conv.csv");
    boolean isThere = Files.isReadable(azure);
    if (!isThere) {
      System.out.println("skipped: no " + azure + "; set WAIP_SHARED to the folder of traces/");
    }
    assumeTrue(isThere, "skipped: no " + azure);

    JsonNode figures =
        figures(
            "--trace",
            azure,
            "--speedup",
            "1000",
            "--slo",
            "50ms",
            "--workers",
            "4",
            "--cost",
            "alpha=4ms,beta=0.8ms",
            "--max-batch",
            "64",
            "--policy",
            "waip,fifo,edf-prefix");
    assertThat(figures.get("requests").asInt()).isEqualTo(19_366);
    JsonNode policies = figures.get("policies");
    assertThat(policies.get(0).get("goodput_over_limit").asDouble()).isBetween(0.93, 1.0);
    assertThat(policies.get(1).get("goodput_over_limit").asDouble()).isLessThan(0.5);
    assertThat(policies.get(2).get("goodput_over_limit").asDouble()).isLessThan(0.6);
  }

  private static Path sharedTrace(String name) {
    String given = System.getenv("WAIP_SHARED");
    Path folder =
        given == null ? ProjectFiles.at("waip").resolveSibling("../shared") : Path.of(given);
    return folder.resolve("traces").resolve(name).normalize();
  }

  private Path config(String objective, String more) throws IOException {
    return Files.writeString(
        folder.resolve("planner.yaml"),
        """
        apiVersion: waip.io/v1
        kind: PlannerConfig
        services:
          - name: embed
            objective: { %s }
            variants: [{ model: m, quality: 1.0 }]
        endpoints: embedded
        %s
        """
            .formatted(objective, more));
  }

  @Test
  void takesTheObjectiveFromAConfiguration() throws IOException {
    JsonNode figures = figures("--trace", trace, "--config", config("latency: 80ms", ""));
    assertThat(figures.get("slo_ms").asDouble()).isEqualTo(80);
  }

  @Test
  void stopsAtAnUnknownKeyOfTheConfiguration() throws IOException {
    assertThat(replay("--config", config("latency: 80ms", "plannr: {}"))).isEqualTo(1);
    assertThat(err.toString()).contains("planner.yaml:8", "plannr", "planner").hasLineCount(1);
  }

  @Test
  void refusesAConfigurationBesideAnObjective() throws IOException {
    Path config = config("latency: 80ms", "");
    assertThat(replay("--config", config, "--slo", "50ms")).isEqualTo(2);
    assertThat(err.toString()).contains("--slo").hasLineCount(1);
  }
}
