package io.waip.cli.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.config.PlannerConfig;
import io.waip.cli.control.ControlThread;
import io.waip.cli.control.Controls;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.PluginOptions;
import io.waip.triton.PlanInbox;
import io.waip.triton.PlanningSpec;
import io.waip.triton.VariantSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether and from what a planner process plans. */
class PlannedProcessTest {
  private static final String CONFIG =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      mode: act
      services:
        - name: embed
          objective: { latency: 50ms }
          variants:
            - { model: fp32, quality: 1.0 }
            - { model: fp32_wide, quality: 1.0, devices_per_instance: 2 }
      devices:
        - { name: core, count: 2 }
      endpoints: triton
      planner: { state_file: waip.plan }
      """;

  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();

  private PlanningSpec spec(PlannerConfig config) {
    return SpecReader.read("test.yaml", config, PluginOptions.of(List.of()), log::add).spec();
  }

  private Optional<ControlThread> start(String yaml) {
    PlannerConfig config = PlannerConfig.parse(folder.resolve("waip.yaml").toString(), yaml);
    return Controls.start(config, spec(config), new PlanInbox(), log::add);
  }

  @Test
  void plansInModeActOnDevicesOfOneKind() {
    Optional<ControlThread> control = start(CONFIG);
    assertThat(control).isPresent();
    control.orElseThrow().close();
    assertThat(log).isEmpty();
  }

  @Test
  void doesNotPlanWhereItOnlyWatches() {
    assertThat(start(CONFIG.replace("mode: act", "mode: observe"))).isEmpty();
  }

  @Test
  void saysThatItDoesNotPlanForSeveralKindsOfDevices() {
    String two = CONFIG.replace("count: 2 }", "count: 2 }\n  - { name: gpu, count: 1 }");
    assertThat(start(two)).isEmpty();
    assertThat(log)
        .containsExactly("planner: no plans are made: devices names 2 kinds, a server has one");
  }

  @Test
  void refusesAStateFileThatIsNoPlan() throws IOException {
    Files.writeString(folder.resolve("waip.plan"), "{}");
    assertThatThrownBy(() -> start(CONFIG))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("its version is not waip.io/plan/v1");
  }

  @Test
  void variantsOfAsManyDevicesShareAnEndpoint() {
    PlannerConfig config = PlannerConfig.parse("waip.yaml", CONFIG);
    assertThat(spec(config).services().getFirst().variants())
        .extracting(VariantSpec::device)
        .containsExactly("core", "core x2");
  }
}
