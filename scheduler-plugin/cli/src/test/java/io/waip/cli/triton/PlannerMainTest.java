package io.waip.cli.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.plugin.PluginOptions;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.triton.PlannerProcess;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerMainTest {
  private static final String CONFIG =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      mode: act
      services:
        - name: embed
          objective: { latency: 50ms, quality_floor: 0.9 }
          lengths: { input: ids, axis: 1, pad: 7, mask: mask, trim: [hidden] }
          variants:
            - { model: fp32, quality: 1.0 }
            - { model: int8, quality: auto }
        - name: nightly
          objective: { tier: offline }
          variants: [ { model: big, quality: 1.0 } ]
      tenants:
        - { name: gold, weight: 4 }
        - { name: free, rate: 200/s }
      endpoints: triton
      """;

  @TempDir private Path folder = Path.of("");
  private final List<String> log = new ArrayList<>();

  private PlanningSpec read(String yaml) {
    return SpecReader.read(
            "waip.yaml", PlannerConfig.parse("waip.yaml", yaml), new PluginOptions(), log::add)
        .spec();
  }

  private int run(String yaml) throws IOException {
    Path config = Files.writeString(folder.resolve("waip.yaml"), yaml);
    String absent = folder.resolve("absent").toString();
    return PlannerMain.run(
        new String[] {"--config", config.toString(), "--rings", absent}, log::add);
  }

  @Test
  void aConfigurationBecomesWhatIsPlannedFor() {
    PlanningSpec spec = read(CONFIG);
    assertThat(spec.act()).isTrue();
    ServiceSpec embed = spec.services().get(0);
    assertThat(embed.name()).isEqualTo("embed");
    assertThat(embed.objective().latency()).isEqualTo(Duration.ofMillis(50));
    assertThat(embed.objective().qualityFloor()).isEqualTo(0.9);
    assertThat(embed.isPaddable()).isTrue();
    ServiceTable.Lengths lengths = embed.lengths().orElseThrow();
    assertThat(lengths.input()).isEqualTo("ids");
    assertThat(lengths.padding().orElseThrow().value()).isEqualTo(7);
    assertThat(spec.services().get(1).objective().tier()).isEqualTo(Tier.OFFLINE);
    assertThat(spec.services().get(1).objective().latency()).isEqualTo(SpecReader.DEFAULT_LATENCY);
    assertThat(spec.tenants().get(0).weight()).isEqualTo(4);
    assertThat(spec.tenants().get(1).ratePerSecond()).isEqualTo(200);
    assertThat(spec.tenants().get(1).burst()).isEqualTo(20);
  }

  @Test
  void aVariantOfUnknownQualityIsLeftOutAndSaidSo() {
    assertThat(read(CONFIG).services().get(0).variants()).hasSize(1);
    assertThat(log).hasSize(1).allMatch(line -> line.contains("'int8' is left out"));
  }

  @Test
  void bucketsAreNotActedOnAndSaidSo() {
    read(CONFIG.replace("trim: [hidden]", "trim: [hidden], buckets: auto"));
    assertThat(log).noneMatch(line -> line.contains("buckets"));
    read(CONFIG.replace("trim: [hidden]", "trim: [hidden], buckets: [16, 64]"));
    assertThat(log).filteredOn(line -> line.contains("buckets of service 'embed'")).hasSize(1);
  }

  @Test
  void observingAndAdvisingGiveNoRequestsToThePlanner() {
    assertThat(read(CONFIG.replace("mode: act", "mode: observe")).act()).isFalse();
    assertThat(read(CONFIG.replace("mode: act", "mode: advise")).act()).isFalse();
  }

  @Test
  void aBadConfigurationIsOneLineAndExitCode2() throws IOException {
    assertThat(run(CONFIG.replace("50ms", "50"))).isEqualTo(PlannerProcess.USAGE);
    assertThat(log).hasSize(1).allMatch(line -> line.contains("objective.latency"));
  }

  @Test
  void rulesThatCannotBeEnforcedStopTheStart() throws IOException {
    String rule = "governance:\n  - { name: eu, require: \"endpoint.region == 'eu'\" }\n";
    assertThat(run(CONFIG + rule)).isEqualTo(PlannerProcess.USAGE);
    assertThat(log).last().asString().contains("governance");
  }

  @Test
  void otherServersStopTheStart() throws IOException {
    String listed = "endpoints: { list: [ { name: a, url: \"grpc://localhost:1\" } ] }";
    assertThat(run(CONFIG.replace("endpoints: triton", listed))).isEqualTo(PlannerProcess.USAGE);
  }

  @Test
  void aMissingMappingHasItsOwnExitCode() throws IOException {
    assertThat(run(CONFIG)).isEqualTo(PlannerProcess.NO_MAPPING);
  }

  @Test
  void badArgumentsAreOneLineAndExitCode2() {
    assertThat(PlannerMain.run(new String[] {"--config", "x"}, log::add))
        .isEqualTo(PlannerProcess.USAGE);
    assertThat(PlannerMain.run(new String[] {"--rings"}, log::add)).isEqualTo(PlannerProcess.USAGE);
    assertThat(PlannerMain.run(new String[] {"--other", "y"}, log::add))
        .isEqualTo(PlannerProcess.USAGE);
    assertThat(log).hasSize(3);
  }
}
