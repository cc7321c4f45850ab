package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A second cost model beside the first: {@code replay --shadow-model}, {@code fit --shadow}. */
class ShadowTest {
  private static final String HEADER =
      "model,hardware,prompt_size,batch_size,token_size,prompt_time,token_time,tensor_parallel\n";

  @TempDir private Path folder;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /** Fitted to the law the replay runs by, and to one that is half as long again. */
  private Path right = Path.of("");

  private Path wrong = Path.of("");

  @BeforeEach
  void fitModels() throws IOException {
    right = model("right", 1);
    wrong = model("wrong", 1.5);
  }

  /** A model of {@code 4 ms + 0.8 ms b}, times a factor. */
  private Path model(String name, double factor) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int batch = 1; batch <= 64; batch *= 2) {
      String separator = batch == 1 ? "" : ",\n";
      rows.append(
          String.format(
              Locale.ROOT,
              "%s{\"variant\":\"model\",\"device\":\"\",\"threads\":1,\"batch\":%d,\"length\":1,"
                  + "\"median_ns\":%d,\"p99_ns\":null,\"samples\":9}",
              separator,
              batch,
              Math.round(factor * (4e6 + 8e5 * batch))));
    }
    Path table =
        Files.writeString(
            folder.resolve(name + ".json"),
            "{\"form\":\"waip-profile\",\"version\":1,\"measurements\":[\n" + rows + "\n]}\n");
    Path file = folder.resolve(name + ".model");
    assertThat(run("fit", "--input", table, "--seeds", 1, "--output", file))
        .as(err.toString())
        .isZero();
    return file;
  }

  private int run(Object... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(
        commandLine, List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  private JsonNode figures(Object... args) throws IOException {
    Path json = folder.resolve("out.json");
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--json", json));
    assertThat(run(all.toArray())).as(err.toString()).isZero();
    return new ObjectMapper().readTree(json.toFile());
  }

  private void assertOneErrorLine(String... parts) {
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(parts).doesNotContain("internal error");
  }

  private static Object[] replay(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("replay", "--requests", 3000, "--load", 1.1, "--noise", 0.1));
    args.addAll(List.of(more));
    return args.toArray();
  }

  @Test
  void aReplayComparesBothModelsAndDecidesTheSame() throws IOException {
    JsonNode alone = figures(replay("--policy", "waip,triton"));
    assertThat(alone.has("shadow")).isFalse();

    JsonNode watched = figures(replay("--policy", "waip,triton", "--shadow-model", wrong));

    for (int i = 0; i < 2; i++) {
      assertThat(watched.get("policies").get(i).get("decision_hash"))
          .isEqualTo(alone.get("policies").get(i).get("decision_hash"));
    }
    JsonNode shadow = watched.get("shadow");
    assertThat(shadow).hasSize(2);
    JsonNode first = shadow.get(0);
    assertThat(first.get("policy").asText()).isEqualTo("waip");
    assertThat(first.get("variant").asText()).isEqualTo("model");
    assertThat(first.get("executions")).isEqualTo(alone.get("policies").get(0).get("batches"));
    assertThat(first.get("unknown_executions").asInt()).isZero();
    assertThat(first.get("first").get("mean_abs_rel_error").asDouble())
        .isCloseTo(0.08, within(0.02));
    assertThat(first.get("shadow").get("mean_log_ratio").asDouble())
        .isCloseTo(Math.log(1.5), within(0.03));
    assertThat(first.get("first").get("coverage_p95").isNull()).isTrue();
    assertThat(first.get("verdict").asText()).isEqualTo("first_nearer");
    assertThat(out.toString()).contains("model: ", "executions known to both", "--cost is nearer");
  }

  @Test
  void recordedExecutionsCompareTwoModels() throws IOException {
    Path records = folder.resolve("run.rec");
    assertThat(run(replay("--records", records))).as(err.toString()).isZero();

    JsonNode shadow = figures("fit", "--shadow", wrong, right, "--records", records).get("shadow");

    assertThat(shadow).hasSize(1);
    assertThat(shadow.get(0).get("executions").asInt()).isGreaterThan(100);
    assertThat(shadow.get(0).get("verdict").asText()).isEqualTo("shadow_nearer");
    assertThat(shadow.get(0).get("difference_low").asDouble()).isBetween(0.3, 0.5);
    assertThat(out.toString()).contains("right.model is nearer, by 4");
  }

  @Test
  void aModelOfAPlugInRunsInShadowToo() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginSources.fitter("mean").jar(plugins.resolve("mean.jar"));
    Path mean = folder.resolve("mean.model");
    Path table = folder.resolve("right.json");
    Object[] fit = {
      "fit",
      "--plugin-path",
      plugins,
      "--fitter",
      "mean",
      "--input",
      table,
      "--seeds",
      1,
      "--output",
      mean
    };
    assertThat(run(fit)).as(err.toString()).isZero();

    JsonNode shadow =
        figures(replay("--policy", "waip", "--plugin-path", plugins, "--shadow-model", mean))
            .get("shadow");
    assertThat(shadow.get(0).get("executions").asInt()).isGreaterThan(100);

    assertThat(run(replay("--shadow-model", mean))).isEqualTo(1);
    assertOneErrorLine("mean.model", "fitter 'mean'", "the fitters are roofline");
  }

  @Test
  void aModelThatDoesNotKnowTheVariantIsRefusedBeforeTheRun() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("perf_model.csv"),
            HEADER
                + "bert,a100,16,1,8,5,1,1\nbert,a100,16,2,8,6,1,1\nbert,a100,16,4,8,9,1,1\n"
                + "bert,a100,16,8,8,15,1,1\n");
    Path other = folder.resolve("other.model");
    run("fit", "--input", table, "--seeds", 1, "--output", other);

    assertThat(run(replay("--shadow-model", other))).isEqualTo(1);
    assertOneErrorLine("other.model: the model does not know the variant 'model'", "bert");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Path records = folder.resolve("new.rec");
    assertThat(run(replay("--shadow-model", right, "--records", records))).isEqualTo(2);
    assertOneErrorLine("--shadow-model: given together with --records", "fit --shadow");
    assertThat(records).doesNotExist();

    assertThat(run(replay("--shadow-model", right, "--services", "a,b:alpha=9ms"))).isEqualTo(2);
    assertOneErrorLine("--shadow-model: several services have a variant of one name");

    assertThat(run(replay("--shadow-model", folder.resolve("none")))).isEqualTo(1);
    assertOneErrorLine("none: cannot be read");
  }

  @Test
  void refusesAWrongCallOfFit() {
    assertThat(run("fit", "--shadow", right, wrong)).isEqualTo(2);
    assertOneErrorLine("--shadow compares two models", "--shadow A B --records FILE");
    assertThat(run("fit", "--records", right)).isEqualTo(2);
    assertOneErrorLine("--records: given without --shadow", "--input");
    assertThat(run("fit", "--shadow", right, wrong, "--records", right)).isEqualTo(1);
    assertOneErrorLine("right.model", "it does not begin as a file of records");
    assertThat(run("fit", "--diff", right, wrong, "--records", right)).isEqualTo(2);
    assertThat(run("fit", "--shadow", right, wrong, "--records", right, "--fitter", "roofline"))
        .isEqualTo(2);
  }
}
