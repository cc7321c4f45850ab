package io.waip.cli.triton;

import static io.waip.cli.triton.ModelFiles.measured;
import static io.waip.cli.triton.ModelFiles.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.measurement.Measurement;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.plugin.PluginOptions;
import io.waip.triton.KnownCost;
import io.waip.triton.PlannerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cost models that a configuration names, on their way to the planner. */
class CostModelsTest {
  private static final String CONFIG =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      services:
        - name: embed
          objective: { latency: 50ms }
          lengths: { input: ids, axis: 1 }
          variants:
            - { model: fp32, quality: 1.0, cost_model: all.model }
      endpoints: triton
      """;

  @TempDir private Path folder = Path.of("");
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void writeModel() throws IOException {
    List<Measurement> all = new ArrayList<>(measured(subject("fp32", "a100", 1), 1, 16, 64, 256));
    all.addAll(measured(subject("int8", "a100", 1), 0.5, 16, 64, 256));
    all.addAll(measured(subject("int8", "l4", 1), 2, 16, 64, 256));
    all.addAll(measured(subject("twice", "l4", 1), 1, 16, 64, 256));
    all.addAll(measured(subject("twice", "l4", 2), 1, 16, 64, 256));
    all.addAll(measured(subject("sole", "l4", 1), 1, 128));
    ModelFiles.write(folder.resolve("all.model"), all);
  }

  private Path config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("waip.yaml"), yaml);
  }

  private SpecReader.Wanted wanted(Path config) {
    return SpecReader.read(
        config.toString(), PlannerConfig.load(config), new PluginOptions(), log::add);
  }

  private KnownCost cost(String yaml) throws IOException {
    Path config = config(yaml);
    return wanted(config).spec().services().getFirst().variants().getFirst().cost().orElseThrow();
  }

  /** Ends with the exit code of bad configurations and one line that has the parts. */
  private void assertRefused(String yaml, String... parts) throws IOException {
    Path config = config(yaml);
    String[] args = {"--config", config.toString(), "--rings", folder.resolve("absent").toString()};
    assertThat(PlannerMain.run(args, log::add)).isEqualTo(PlannerProcess.USAGE);
    assertThat(log).hasSize(1);
    assertThat(log.getFirst().lines()).hasSize(1);
    assertThat(log.getFirst()).contains(parts).contains("; allowed: ", "; remedy: ");
    assertThat(log.getFirst()).contains(config + ":8: 'services[0].variants[0].cost_");
  }

  private static String named(String... keys) {
    return CONFIG.replace("cost_model: all.model", String.join(", ", keys));
  }

  @Test
  void aPlannerStartsFromTheFileBesideItsConfiguration() throws IOException {
    KnownCost cost = cost(CONFIG);
    assertThat((double) cost.medianNanos(8, 64)).isCloseTo(9.12e6, within(0.3e6));
    assertThat((double) cost.medianNanos(1, 16)).isCloseTo(4.16e6, within(0.2e6));
  }

  @Test
  void aSubjectMayHaveAnotherNameAndADevice() throws IOException {
    KnownCost cost = cost(named("cost_model: all.model", "cost_subject: int8@l4"));
    assertThat((double) cost.medianNanos(8, 64)).isCloseTo(18.24e6, within(0.6e6));
  }

  @Test
  void aServiceWithoutLengthsTakesTheOneLengthMeasured() throws IOException {
    String yaml = named("cost_model: all.model", "cost_subject: sole");
    KnownCost cost = cost(yaml.replace("    lengths: { input: ids, axis: 1 }\n", ""));
    assertThat((double) cost.medianNanos(8, 1)).isCloseTo(14.24e6, within(0.5e6));
  }

  @Test
  void aServiceWithoutLengthsTakesNoSubjectOfSeveral() throws IOException {
    String yaml = CONFIG.replace("    lengths: { input: ids, axis: 1 }", "    bit_equal: false");
    assertRefused(yaml, "lengths from 16 to 256", "no lengths");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    assertRefused(named("cost_model: gone.model"), "gone.model", "NoSuchFileException");
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    assertRefused(named("cost_model: waip.yaml"), "no cost model");
  }

  @Test
  void anotherFormatVersionIsRefused() throws IOException {
    Path file = folder.resolve("all.model");
    String newer = Files.readString(file).replace("format_version: 1", "format_version: 9");
    Files.writeString(file, newer);
    assertRefused(CONFIG, "format version 9", "version 1");
  }

  @Test
  void anUnknownFitterIsRefusedAndThoseThereAreNamed() throws IOException {
    Path file = folder.resolve("all.model");
    Files.writeString(file, Files.readString(file).replace("\"roofline\"", "\"forest\""));
    assertRefused(CONFIG, "fitter 'forest'", "roofline");
  }

  @Test
  void aSubjectThatIsNotInTheFileIsRefusedAndThoseThereAreNamed() throws IOException {
    assertRefused(
        named("cost_model: all.model", "cost_subject: bf16"),
        "does not know the variant 'bf16'",
        "int8 WHOLE on l4");
    log.clear();
    assertRefused(
        named("cost_model: all.model", "cost_subject: fp32@h100"), "'fp32' on 'h100'", "a100");
  }

  @Test
  void severalSubjectsThatFitAreRefusedAndNamed() throws IOException {
    assertRefused(
        named("cost_model: all.model", "cost_subject: int8"),
        "several settings",
        "int8 WHOLE on a100",
        "int8 WHOLE on l4");
    log.clear();
    assertRefused(
        named("cost_model: all.model", "cost_subject: twice@l4"), "threads 1", "threads 2");
  }

  @Test
  void aShadowIsReadBesideTheModelThatIsPlannedWith() throws IOException {
    String yaml =
        named("cost_model: all.model", "shadow_model: all.model", "cost_subject: int8@l4");
    ShadowModel shadow = wanted(config(yaml)).shadows().getFirst();
    assertThat(shadow.variant()).isEqualTo("fp32");
    assertThat(shadow.index()).isZero();
    assertThat(shadow.predict(8, 64).medianNanos()).isCloseTo(18.24e6, within(0.6e6));
    assertThat(shadow.predict(8, 64).p95Nanos()).isPresent();
  }

  @Test
  void aShadowThatCannotBeUsedIsRefused() throws IOException {
    Path config = config(named("shadow_model: gone.model"));
    String[] args = {"--config", config.toString(), "--rings", "absent"};
    assertThat(PlannerMain.run(args, log::add)).isEqualTo(PlannerProcess.USAGE);
    assertThat(log.getFirst())
        .contains(config + ":8: 'services[0].variants[0].shadow_model: gone.model'");
  }

  @Test
  void aSubjectOfNoFileIsRefused() throws IOException {
    assertRefused(named("cost_subject: fp32"), "names a subject of no file");
    log.clear();
    assertRefused(named("cost_model: all.model", "cost_subject: fp32@"), "names no subject");
  }
}
