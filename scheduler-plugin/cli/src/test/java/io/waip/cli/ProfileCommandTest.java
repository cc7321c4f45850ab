package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code waip profile} of a real encoder, and what {@code waip fit} makes of it. */
class ProfileCommandTest {
  @TempDir private Path folder;
  private final Cancellation cancellation = new Cancellation();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(Object... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Main.commandLine(cancellation);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(
        commandLine, List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  private void assertOneErrorLine(String... parts) {
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(parts).doesNotContain("internal error");
  }

  /** The int8 MiniLM of the demo, from its jar. */
  private Path model(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    try (InputStream in =
        Objects.requireNonNull(
            getClass().getClassLoader().getResourceAsStream("all-minilm-l6-v2-q.onnx"))) {
      Files.copy(in, file);
    }
    return file;
  }

  @Test
  void measuresARealModelAndFitReadsIt() throws IOException {
    Path model = model("minilm_int8.onnx");
    Path measured = folder.resolve("measured.json");
    Path json = folder.resolve("out.json");

    assertThat(
            run(
                "profile",
                "--model",
                model,
                "--max-batch",
                4,
                "--lengths",
                "32,8",
                "--budget",
                "4s",
                "--device",
                "here",
                "--output",
                measured,
                "--json",
                json))
        .as(err.toString())
        .isZero();

    assertThat(out.toString()).contains("minilm_int8 on here, 1 thread", "jitter", "median_ms");
    JsonNode file = new ObjectMapper().readTree(measured.toFile());
    JsonNode provenance = file.get("provenance");
    assertThat(provenance.get("onnxruntime").asText()).matches("\\d+\\.\\d+\\..*");
    assertThat(provenance.get("cpu").asText()).isNotBlank();
    assertThat(provenance.get("jdk").asText()).isNotBlank();
    assertThat(provenance.get("date").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z");
    JsonNode about = provenance.get("models").get(0);
    assertThat(about.get("sha256").asText()).hasSize(64);
    assertThat(about.get("jitter_p99_over_median").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(file.get("measurements")).hasSize(6);
    JsonNode smallest = file.get("measurements").get(0);
    assertThat(smallest.get("variant").asText()).isEqualTo("minilm_int8");
    assertThat(smallest.get("batch").asInt()).isEqualTo(1);
    assertThat(smallest.get("length").asInt()).isEqualTo(8);
    assertThat(smallest.get("samples").asInt()).isGreaterThanOrEqualTo(8);
    JsonNode largest = file.get("measurements").get(5);
    // 16 times the elements: between twice and forty times as long on any machine.
    assertThat(largest.get("median_ns").asDouble() / smallest.get("median_ns").asDouble())
        .isBetween(2.0, 40.0);
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("models").get(0).get("shapes")).hasSize(6);

    Path fitted = folder.resolve("minilm.model");
    assertThat(run("fit", "--input", measured, "--seeds", 2, "--output", fitted))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("6 measurements", "minilm_int8 WHOLE on here, threads 1");
    assertThat(fitted).content().contains("measured.json:4");
  }

  @Test
  void measuresTheVariantsOfAConfiguration() throws IOException {
    model("repository/minilm/2/model.onnx");
    Files.createDirectories(folder.resolve("repository/minilm/1"));
    Path config =
        Files.writeString(
            folder.resolve("waip.yaml"),
            """
            apiVersion: waip.io/v1
            kind: PlannerConfig
            services:
              - name: embed
                objective: { latency: 50ms }
                variants:
                  - { model: minilm, quality: 1.0 }
            """);
    Path repository = folder.resolve("repository");

    assertThat(
            run(
                "profile",
                "--config",
                config,
                "--model-repository",
                repository,
                "--max-batch",
                2,
                "--lengths",
                "8,16",
                "--budget",
                "2s"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("minilm on ");

    assertThat(run("profile", "--config", config, "--model-repository", folder)).isEqualTo(1);
    assertOneErrorLine("no model there", "VERSION/model.onnx");
  }

  @Test
  void refusesAModelThatCannotRun() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "hello");

    assertThat(run("profile", "--model", text, "--budget", "1s")).isEqualTo(1);
    assertOneErrorLine("text.onnx: ", "model cannot be loaded");

    assertThat(run("profile", "--model", folder.resolve("none.onnx"))).isEqualTo(1);
    assertOneErrorLine("none.onnx: no such model file");
  }

  @Test
  void refusesAWrongCall() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "hello");

    assertThat(run("profile")).isEqualTo(2);
    assertOneErrorLine("nothing to measure, or both", "--model-repository FOLDER");
    assertThat(run("profile", "--model", text, "--config", text)).isEqualTo(2);
    assertThat(run("profile", "--model", text, "--model", text)).isEqualTo(2);
    assertOneErrorLine("two models have one name");
    assertThat(run("profile", "--model", text, "--threads", 0)).isEqualTo(2);
    assertOneErrorLine("--threads: is 0", "from 1 to 256");
    assertThat(run("profile", "--model", text, "--max-batch", 2000)).isEqualTo(2);
    assertOneErrorLine("--max-batch: is 2000");
    assertThat(run("profile", "--model", text, "--lengths", "8,8")).isEqualTo(2);
    assertOneErrorLine("--lengths: are [8, 8]");
    assertThat(run("profile", "--model", text, "--lengths", "0")).isEqualTo(2);
    assertOneErrorLine("--lengths: is 0");
    assertThat(run("profile", "--model", text, "--budget", "10ms")).isEqualTo(2);
    assertOneErrorLine("--budget: is 10 ms", "1s to 24h");
    assertThat(run("profile", "--model", text, "--precision", "2")).isEqualTo(2);
    assertOneErrorLine("--precision: is 2.0");
    assertThat(run("profile", "--model", text, "--output", folder.resolve("no/f"))).isEqualTo(1);
    assertOneErrorLine("--output: cannot write");
  }

  @Test
  void aRequestedEndWritesNothing() throws IOException {
    Path model = model("m.onnx");
    Path measured = folder.resolve("measured.json");
    cancellation.request();

    assertThat(run("profile", "--model", model, "--output", measured)).isEqualTo(1);
    assertOneErrorLine("stopped while measuring; nothing written");
    assertThat(measured).doesNotExist();
  }
}
