package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.api.measurement.Measurement;
import io.waip.cli.plan.PlanCommand;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.triton.ModelFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
  private static final String FLEET =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      services:
        - name: embed
          objective: { latency: 50ms, quality_floor: 0.985 }
          expected: { rate: 2500/s }
          variants:
            - { model: fp32, quality: 1.0, cost: 'alpha=4ms,beta=0.8ms', memory: 1.2GB }
            - { model: int8, quality: 0.975, cost: 'alpha=2ms,beta=0.4ms', memory: 500MB }
        - name: rerank
          objective: { latency: 100ms }
          expected: { rate: 100/s }
          variants:
            - { model: rerank, quality: 1.0, cost: 'alpha=6ms,beta=2ms', memory: 4GB, max_batch: 16 }
      devices:
        - { name: l4, count: 8, money_per_hour: 0.8 }
        - { name: a100, count: 4, speed: 3, money_per_hour: 3.2 }
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int plan(String yaml, String... args) throws IOException {
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    Path config = Files.writeString(folder.resolve("fleet.yaml"), yaml);
    List<String> words = new ArrayList<>(List.of("plan", "--config", config.toString()));
    if (!List.of(args).contains("--requests")) {
      words.addAll(List.of("--requests", "5000"));
    }
    words.addAll(List.of(args));
    return commandLine.execute(words.toArray(new String[0]));
  }

  private JsonNode figures(String yaml, String... args) throws IOException {
    Path json = folder.resolve("plan.json");
    List<String> words = new ArrayList<>(List.of(args));
    words.addAll(List.of("--json", json.toString()));
    plan(yaml, words.toArray(new String[0]));
    assertThat(err.toString()).isEmpty();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static JsonNode service(JsonNode plan, String name) {
    for (JsonNode service : plan.get("services")) {
      if (service.get("name").asText().equals(name)) {
        return service;
      }
    }
    throw new AssertionError("no service " + name);
  }

  @Test
  void plansSoThatEveryServiceKeepsItsObjective() throws IOException {
    JsonNode plan = figures(FLEET).get("plan");
    assertThat(plan.get("services_below_objective").asInt()).isZero();
    assertThat(service(plan, "embed").get("attainment").asDouble()).isGreaterThan(0.99);
    assertThat(service(plan, "embed").get("mean_quality").asDouble()).isGreaterThanOrEqualTo(0.985);
    assertThat(out.toString()).contains("every service keeps its objective", "runner-up");
  }

  @Test
  void theSameCallGivesTheSamePlan() throws IOException {
    assertThat(figures(FLEET)).isEqualTo(figures(FLEET));
  }

  /** Half the rate needs no more devices, and what differs is printed. */
  @Test
  void comparesWithAnEarlierPlan() throws IOException {
    JsonNode before = figures(FLEET);
    Path earlier = folder.resolve("earlier.json");
    Files.writeString(earlier, before.toString());
    JsonNode after = figures(FLEET.replace("2500/s", "1000/s"), "--diff", earlier.toString());
    assertThat(after.get("plan").get("money_per_hour").asDouble())
        .isLessThan(before.get("plan").get("money_per_hour").asDouble());
    assertThat(out.toString()).containsPattern("changed +devices of \\w+: \\d+ -> ");
  }

  @Test
  void saysWhereNothingChanged() throws IOException {
    Path earlier = folder.resolve("earlier.json");
    Files.writeString(earlier, figures(FLEET).toString());
    figures(FLEET, "--diff", earlier.toString());
    assertThat(out.toString()).contains("changed   nothing");
  }

  /** 2,400 of 2,500 a second are promised, and 1.5 an hour pays for one device. */
  @Test
  void namesPromisesThatContradictALimit() throws IOException {
    String yaml =
        FLEET.replace("latency: 50ms,", "latency: 50ms, throughput: 2400/s,")
            + "planner: { limits: { money_per_hour: 1.5 } }\n";
    assertThat(plan(yaml)).isEqualTo(1);
    assertThat(out.toString()).contains("no plan keeps all of these", "money 1.5", "would do");
    assertThat(figures(yaml).get("contradiction")).isNotEmpty();
  }

  @Test
  void saysHowManyDevicesAreEnough() throws IOException {
    JsonNode capacity = figures(FLEET, "--capacity");
    assertThat(capacity.get("suffices").asBoolean()).isTrue();
    JsonNode l4 = capacity.get("offers").get(0);
    assertThat(l4.get("smallest").asInt()).isEqualTo(3);
    assertThat(capacity.get("chosen").get("money_per_hour").asDouble())
        .isCloseTo(2.4, within(1e-9));
    assertThat(out.toString()).contains("enough    3 l4 at 2.40 per hour");
  }

  /** A batch takes 4 ms on an l4, half of that on an a100, and 10 us more for each request. */
  private String modelled(String device) throws IOException {
    List<Measurement> measured =
        new ArrayList<>(ModelFiles.measured(ModelFiles.subject("bert", "l4", 0), 1, 1));
    measured.addAll(ModelFiles.measured(ModelFiles.subject("bert", "a100", 0), 0.5, 1));
    ModelFiles.write(folder.resolve("bert.model"), measured);
    return """
    apiVersion: waip.io/v1
    kind: PlannerConfig
    services:
      - name: embed
        objective: { latency: 50ms }
        expected: { rate: 100/s }
        variants:
          - { model: bert, quality: 1.0, memory: 1GB, cost_model: bert.model }
    devices:
      - { name: %s, count: 8, money_per_hour: 1, speed: 100, memory: 24GB }
    """
        .formatted(device);
  }

  /** A model measured on the device is taken as it is; the speed is for others. */
  @Test
  void takesTimesFromACostModelOfTheDevice() throws IOException {
    JsonNode l4 = service(figures(modelled("l4")).get("plan"), "embed");
    JsonNode a100 = service(figures(modelled("a100")).get("plan"), "embed");
    assertThat(l4.get("p50_ms").asDouble()).isBetween(4.0, 7.0);
    assertThat(a100.get("p50_ms").asDouble()).isBetween(2.0, 3.5);
  }

  @Test
  void refusesACostModelThatDoesNotSayWhichDevice() throws IOException {
    assertThat(plan(modelled("t4"))).isEqualTo(1);
    assertThat(err.toString()).contains("cost_model: bert.model", "in several settings");
  }

  @Test
  void readsRequestsFromATrace() throws IOException {
    StringBuilder lines = new StringBuilder("arrival_ms\n");
    for (int i = 0; i < 3_000; i++) {
      lines.append(i / 2.0).append('\n');
    }
    Path trace = Files.writeString(folder.resolve("trace.csv"), lines);
    JsonNode figures = figures(FLEET, "--requests", "3000", "--trace", trace.toString());
    assertThat(figures.get("requests").asInt()).isEqualTo(3_000);
    double offered =
        service(figures.get("plan"), "embed").get("offered_rps").asDouble()
            + service(figures.get("plan"), "rerank").get("offered_rps").asDouble();
    assertThat(offered).isBetween(1_999.0, 2_001.0);
  }

  private void refused(String yaml, String... parts) throws IOException {
    err.getBuffer().setLength(0);
    assertThat(plan(yaml)).isEqualTo(2);
    assertThat(err.toString()).contains(parts).contains("remedy").doesNotContain("\tat ");
  }

  @Test
  void refusesAConfigurationThatLacksWhatAPlanNeeds() throws IOException {
    refused(FLEET.substring(0, FLEET.indexOf("devices:")), "names no devices");
    refused(FLEET.replace(", cost: 'alpha=6ms,beta=2ms'", ""), "batches of 'rerank'");
    refused(FLEET.replace(", memory: 4GB", ""), "memory of rerank");
    refused(FLEET.replace("expected: { rate: 100/s }", "bit_equal: false"), "'rerank' gets");
    refused(
        FLEET + "governance: [{ name: eu, require: \"endpoint.region == 'eu'\" }]\n", "governance");
  }

  /** A made-up price would choose between kinds of devices. */
  @Test
  void capacityRefusesDevicesWithoutAPrice() throws IOException {
    assertThat(plan(FLEET.replace(", money_per_hour: 3.2", ""), "--capacity")).isEqualTo(2);
    assertThat(err.toString()).contains("what a 'a100' costs", "remedy: add 'money_per_hour");
  }

  @Test
  void refusesOptionsThatMeanNothing() throws IOException {
    assertThat(plan(FLEET, "--noise", "3")).isEqualTo(2);
    assertThat(plan(FLEET, "--capacity", "--diff", "x.json")).isEqualTo(2);
    assertThat(plan(FLEET, "--diff", folder.resolve("none.json").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--noise", "--capacity, which makes no plan", "none.json");
  }

  @Test
  void theDocumentationListsEveryKeyAndOption() throws IOException {
    String page = Files.readString(ProjectFiles.at("docs/planning.md"));
    List<String> names = new ArrayList<>();
    JsonNode figures = figures(FLEET);
    figures.fieldNames().forEachRemaining(names::add);
    figures.get("plan").fieldNames().forEachRemaining(names::add);
    figures.get("plan").get("services").get(0).fieldNames().forEachRemaining(names::add);
    JsonNode capacity = figures(FLEET, "--capacity");
    capacity.fieldNames().forEachRemaining(names::add);
    capacity.get("chosen").fieldNames().forEachRemaining(names::add);
    CommandLine command = new CommandLine(new PlanCommand(new Cancellation()));
    names.addAll(command.getCommandSpec().optionsMap().keySet());
    names.removeAll(List.of("-h", "--help", "-V", "--version"));
    assertThat(names).hasSizeGreaterThan(40);
    assertThat(names)
        .allSatisfy(name -> assertThat(page).containsPattern("`" + name + "(\\[\\])?`"));
  }
}
