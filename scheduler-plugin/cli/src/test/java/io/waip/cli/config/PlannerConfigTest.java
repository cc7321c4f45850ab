package io.waip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.api.agreement.AgreementRule;
import io.waip.api.plan.PlanningLimits;
import io.waip.cli.input.UserError;
import io.waip.onnxruntime.agreement.CosineAgreement;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.capacity.PriceCurve;
import io.waip.replay.capacity.SpotTerms;
import io.waip.replay.spec.CostSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerConfigTest {

  private static final String SMALL =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      services:
        - name: embed
          objective: { latency: 50ms }
          variants: [ { model: minilm, quality: 1 } ]
      """;

  @Test
  void readsEveryKey() {
    PlannerConfig config = PlannerConfig.parse("full.yaml", FullConfig.YAML);

    ServiceSettings service = config.services().getFirst();
    assertThat(service.name()).isEqualTo("embed");
    assertThat(service.bitEqual()).isFalse();
    assertThat(service.objective())
        .isEqualTo(
            new ObjectiveSettings(
                Tier.INTERACTIVE,
                new LatencyBounds(
                    Optional.of(Duration.ofMillis(50)),
                    Optional.of(Duration.ofMillis(20)),
                    Optional.of(Duration.ofMillis(5)),
                    99.9),
                0.985,
                OptionalDouble.of(200),
                OptionalDouble.of(0.999)));
    assertThat(service.lengths())
        .contains(
            new LengthSettings(
                "input_ids",
                1,
                Optional.of(
                    new LengthSettings.Padding(0, "attention_mask", List.of("last_hidden_state"))),
                List.of(16, 64)));
    assertThat(service.variants())
        .containsExactly(
            new VariantSettings(
                "minilm_fp32",
                OptionalDouble.of(1),
                Optional.of(model("cost_model", "minilm", 26)),
                Optional.of(model("shadow_model", "newer", 28)),
                new ExecutionSettings(
                    Optional.of(new CostSpec(4e6, 0.8e6, 0)), 32, OptionalDouble.of(1.2e9), 1)),
            new VariantSettings(
                "minilm_int8",
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                new ExecutionSettings(Optional.empty(), 64, OptionalDouble.empty(), 2)));
  }

  private static CostModelSettings model(String key, String name, int line) {
    String what = "'services[0].variants[0].%s: %s.model'".formatted(key, name);
    return new CostModelSettings(
        Path.of(name + ".model"),
        "minilm_fp32",
        Optional.of("cpu"),
        new ConfigPlace("full.yaml:" + line, what));
  }

  @Test
  void readsTenantsRulesAndPlanner() {
    PlannerConfig config = PlannerConfig.parse("full.yaml", FullConfig.YAML);

    assertThat(config.tenants())
        .containsExactly(
            new TenantSettings("gold", 4, OptionalDouble.of(200), OptionalDouble.of(40), false),
            new TenantSettings("free", 1, OptionalDouble.of(0.5), OptionalDouble.empty(), true));
    assertThat(config.governance())
        .containsExactly(
            new GovernanceRule("eu-data", "request.region == 'eu'", "endpoint.region == 'eu'"));
    assertThat(config.planner())
        .isEqualTo(
            new PlannerSettings(
                PlannerSettings.Mode.ACT,
                Duration.ofSeconds(10),
                0.05,
                Duration.ofSeconds(120),
                7,
                new PlanningLimits(
                    OptionalDouble.of(12), OptionalDouble.of(900), OptionalDouble.of(400)),
                new ChangeSettings(6, 0.2, 0.1, Optional.of(Path.of("waip.plan"))),
                Optional.of(
                    new HintSettings(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9100),
                        Optional.of(Path.of("hints.token")),
                        12))));
    assertThat(config.services().getFirst().expected())
        .contains(new ExpectedLoad(300, ArrivalSpec.parse("gamma:cv=3")));
    AgreementSettings agreement = config.services().getFirst().agreement().orElseThrow();
    assertThat(agreement)
        .isEqualTo(
            new AgreementSettings(
                AgreementSettings.Measure.COSINE, "last_hidden_state", 0.98, 0.02, 0.05));
    assertThat(agreement.rule(7))
        .isEqualTo(
            new AgreementRule("last_hidden_state", new CosineAgreement(0.98), 0.02, 0.05, 7));
    assertThat(config.devices()).containsExactly(edge());
    assertThat(config.endpoints())
        .isEqualTo(
            new EndpointSource.Listed(
                List.of(
                    new EndpointSource.Address(
                        "a", URI.create("grpc://10.0.0.7:8001"), Optional.of("eu")))));
  }

  private static DeviceSettings edge() {
    return new DeviceSettings(
        "edge",
        8,
        0.5,
        new DeviceSettings.Facts(
            "l4",
            OptionalDouble.of(24e9),
            OptionalDouble.of(16),
            OptionalDouble.of(300),
            OptionalDouble.of(0.2)),
        Optional.of(
            new PriceCurve(List.of(new PriceCurve.Step(1, 0.8), new PriceCurve.Step(5, 0.6)))),
        Optional.of(new SpotTerms(PriceCurve.flat(0.3), 0.05, 120_000_000_000L, 600_000_000_000L)),
        "eu");
  }

  @Test
  void fillsInDefaults() {
    PlannerConfig config = PlannerConfig.parse("small.yaml", SMALL);

    assertThat(config.tenants()).containsExactly(TenantSettings.DEFAULT);
    assertThat(config.governance()).isEmpty();
    assertThat(config.devices()).isEmpty();
    assertThat(config.endpoints()).isEqualTo(new EndpointSource.Embedded());
    assertThat(config.planner())
        .isEqualTo(
            new PlannerSettings(
                PlannerSettings.Mode.OBSERVE,
                Duration.ofSeconds(30),
                0.03,
                Duration.ofSeconds(60),
                1,
                PlanningLimits.NONE,
                new ChangeSettings(20, 0.1, 0.25, Optional.empty()),
                Optional.empty()));
    ServiceSettings service = config.services().getFirst();
    assertThat(service.objective().tier()).isEqualTo(Tier.INTERACTIVE);
    assertThat(service.objective().latency().percentile()).isEqualTo(99);
    assertThat(service.objective().qualityFloor()).isZero();
    assertThat(service.lengths()).isEmpty();
  }

  @Test
  void readsTheOtherSourcesOfEndpoints() {
    assertThat(endpoints("triton")).isEqualTo(new EndpointSource.MountedTriton());
    assertThat(endpoints("{ file: pods.yaml }"))
        .isEqualTo(new EndpointSource.FromFile(Path.of("pods.yaml")));
    assertThat(endpoints("{ kubernetes: { namespace: models, pool: llm } }"))
        .isEqualTo(new EndpointSource.FromKubernetes("models", "llm"));
  }

  private static EndpointSource endpoints(String value) {
    return PlannerConfig.parse("c.yaml", SMALL + "endpoints: " + value + "\n").endpoints();
  }

  @Test
  void loadsAFileAndNamesItInErrors(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("waip.yaml"), SMALL);
    assertThat(PlannerConfig.load(file)).isEqualTo(PlannerConfig.parse("x", SMALL));

    Files.writeString(file, SMALL + "mdoe: act\n");
    assertThatThrownBy(() -> PlannerConfig.load(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ":7: unknown key 'mdoe'");
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> PlannerConfig.load(folder.resolve("absent.yaml")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> PlannerConfig.load(folder))
        .hasMessageContaining("not a readable file");
    assertThatThrownBy(() -> PlannerConfig.load(binary)).hasMessageContaining("not UTF-8");
  }
}
