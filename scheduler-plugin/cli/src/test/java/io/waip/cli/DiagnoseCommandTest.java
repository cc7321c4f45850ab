package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import io.waip.replay.diagnose.Cause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code waip diagnose}. */
class DiagnoseCommandTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z][a-z-]+)` \\| ([a-z ]+) \\|", Pattern.MULTILINE);

  /** One instance that takes 10 ms for each request, and a wait of 40 ms: four executions. */
  private static final String BUSY =
      """
      {"model_stats":[{"name":"embed","version":"1","last_inference":1790000010000,\
      "inference_count":1000,"execution_count":1000,"inference_stats":{\
      "success":{"count":1000,"ns":50000000000},"fail":{"count":0,"ns":0},\
      "queue":{"count":1000,"ns":40000000000},"compute_input":{"count":1000,"ns":100000000},\
      "compute_infer":{"count":1000,"ns":9800000000},"compute_output":{"count":1000,"ns":100000000}},\
      "batch_stats":[{"batch_size":1,"compute_input":{"count":1000,"ns":100000000},\
      "compute_infer":{"count":1000,"ns":9800000000},\
      "compute_output":{"count":1000,"ns":100000000}}]}]}
      """;

  private static final String IDLE =
      """
      {"model_stats":[{"name":"embed","version":"1","last_inference":1790000000000,\
      "inference_count":0,"execution_count":0,"inference_stats":{"success":{"count":0,"ns":0}},\
      "batch_stats":[]}]}
      """;

  private static final String CONFIG =
      """
      name: "embed"
      backend: "onnxruntime"
      max_batch_size: 16
      input [ { name: "x" data_type: TYPE_FP32 dims: [ 8 ] } ]
      instance_group [ { count: 1 kind: KIND_GPU } ]
      """;

  @TempDir private Path folder;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private Path busy;
  private Path idle;
  private Path config;

  @BeforeEach
  void writeFiles() throws IOException {
    busy = write("busy.json", BUSY);
    idle = write("idle.json", IDLE);
    config = write("config.pbtxt", CONFIG);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int waip(Object... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(commandLine, Stream.of(args).map(Object::toString).toArray(String[]::new));
  }

  private JsonNode diagnosis(Object... args) throws IOException {
    Path file = folder.resolve("out.json");
    Object[] all =
        Stream.of(Stream.of("diagnose"), Stream.of(args), Stream.of("--json", file))
            .flatMap(each -> each)
            .toArray();
    assertThat(waip(all)).as("%s", err).isZero();
    return new ObjectMapper().readTree(file.toFile());
  }

  private void assertRefused(int code, List<String> parts, Object... args) {
    Object[] all = Stream.concat(Stream.of("diagnose"), Stream.of(args)).toArray();
    assertThat(waip(all)).isEqualTo(code);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(parts).contains("; allowed: ").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  /** Ten seconds of execution fill a window of 10 s, and a tenth of one of 100 s. */
  @ParameterizedTest
  @CsvSource({"10s, true", "100s, false"})
  void blamesUnequalShapesOnlyWhereInstancesHaveNoTimeForSmallBatches(
      String window, boolean isNamed) throws IOException {
    Path unequal =
        write(
            "unequal.pbtxt",
            CONFIG.replace("dims: [ 8 ]", "dims: [ -1 ]")
                + "dynamic_batching { max_queue_delay_microseconds: 100000 }");
    JsonNode json =
        diagnosis("--stats", idle, "--stats", busy, "--model-config", unequal, "--window", window);

    List<String> causes = json.get("findings").findValuesAsText("cause");
    assertThat(causes.contains("shape-cut")).as("%s", causes).isEqualTo(isNamed);
    assertThat(causes.contains("queue-delay")).as("%s", causes).isEqualTo(!isNamed);
  }

  @Test
  void namesTheCauseWithEvidenceAndRemedy() throws IOException {
    JsonNode json = diagnosis("--stats", idle, "--stats", busy, "--model-config", config);

    JsonNode first = json.get("findings").get(0);
    assertThat(first.get("cause").asText()).isEqualTo("no-batching");
    assertThat(first.get("stage").asText()).isEqualTo("batch_composition");
    assertThat(first.get("explained_ms").asDouble()).isCloseTo(40, within(1e-9));
    assertThat(first.get("explained_share").asDouble()).isCloseTo(0.8, within(1e-9));
    assertThat(first.get("evidence").get(1).get("text").asText()).contains("waits 40 of 50 ms");
    assertThat(first.get("changes").get(0).get("key").asText()).isEqualTo("dynamic_batching");
    assertThat(out.toString())
        .contains("1. no-batching (batch composition) in embed: up to 40 ms of a request (80 %)")
        .contains("remedy: let Triton batch: add dynamic_batching { }");
  }

  @Test
  void putsTheDelayToTheStageOfItsCause() throws IOException {
    JsonNode stages =
        diagnosis("--stats", idle, "--stats", busy, "--model-config", config).get("stages").get(0);

    assertThat(stages.get("total_ms").asDouble()).isCloseTo(50, within(1e-9));
    assertThat(stages.get("batch_composition_ms").asDouble()).isCloseTo(40, within(1e-9));
    assertThat(stages.get("queue_ms").asDouble()).isCloseTo(0, within(1e-9));
    assertThat(stages.get("inference_ms").asDouble()).isCloseTo(9.8, within(1e-9));
  }

  @Test
  void withoutAConfigurationItSaysWhatItCannotJudgeAndWhatWouldTell() throws IOException {
    JsonNode json = diagnosis("--stats", idle, "--stats", busy);

    assertThat(json.get("findings")).isEmpty();
    assertThat(json.get("stages").get(0).get("queue_ms").asDouble()).isCloseTo(40, within(1e-9));
    assertThat(out.toString())
        .contains("nothing wrong found")
        .containsPattern("no-batching.* of embed: would need --model-config of the model");
  }

  @Test
  void countersFromTheStartOfTheModelAreTakenFromASingleAnswer() throws IOException {
    JsonNode json = diagnosis("--stats", busy, "--model-config", config);

    assertThat(json.get("findings").get(0).get("cause").asText()).isEqualTo("no-batching");
    assertThat(json.get("stages").get(0).get("requests").asInt()).isEqualTo(1000);
  }

  @Test
  void readsTheConfigurationThatTheServerAnswersAsWell() throws IOException {
    Path json =
        write(
            "config.json",
            """
            {"name":"embed","backend":"onnxruntime","max_batch_size":16,
             "instance_group":[{"name":"embed","count":1,"kind":"KIND_GPU","gpus":[]}],
             "dynamic_batching":{"preferred_batch_size":[1],"max_queue_delay_microseconds":"0"}}
            """);

    JsonNode found = diagnosis("--stats", busy, "--model-config", json).get("findings").get(0);

    assertThat(found.get("cause").asText()).isEqualTo("preferred-size");
    assertThat(found.get("changes").get(0).get("value").asText()).isEmpty();
  }

  @Test
  void takesTheObjectiveFromThePlannersConfiguration() throws IOException {
    Path planner =
        write(
            "waip.yaml",
            """
            apiVersion: waip.io/v1
            kind: PlannerConfig
            services:
              - name: search
                objective: { latency: 50ms }
                variants: [ { model: embed, quality: 1.0 } ]
            """);

    JsonNode json = diagnosis("--stats", busy, "--model-config", config, "--config", planner);

    assertThat(json.get("unknown").findValuesAsText("missing"))
        .noneMatch(missing -> missing.contains("--config"));
  }

  @Test
  void namesTheCauseInARecordedReplay() throws IOException {
    Path lengths = write("lengths.csv", "wordpieces\n10\n100\n12\n128\n9\n90\n11\n");
    Path records = folder.resolve("run.rec");
    Object[] replay = {
      "replay",
      "--policy",
      "fifo",
      "--requests",
      2000,
      "--cost",
      "alpha=2ms,beta=0.1ms,gamma=20us",
      "--lengths",
      lengths,
      "--records",
      records
    };
    assertThat(waip(replay)).as("%s", err).isZero();

    JsonNode json = diagnosis("--records", records);

    assertThat(json.get("findings").get(0).get("cause").asText()).isEqualTo("padding");
    assertThat(json.get("stages").get(0).get("batch_composition_ms").asDouble()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "--cores,0,--cores",
    "--window,0s,--window",
    "--window,5,unit",
  })
  void refusesAnOptionOutOfRange(String option, String value, String named) {
    assertThat(waip("diagnose", "--stats", busy, option, value)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(named);
  }

  @Test
  void refusesToDiagnoseNothing() {
    assertRefused(2, List.of("nothing to diagnose", "--records", "remedy: "));
  }

  @Test
  void refusesFilesThatAreNotAsTheyShouldBe() throws IOException {
    Path none = folder.resolve("none.json");
    assertRefused(1, List.of(none.toString(), "no such file"), "--stats", none);
    Path cut = write("cut.json", BUSY.substring(0, 200));
    assertRefused(1, List.of(cut.toString(), "broken JSON"), "--stats", cut);
    Path other = write("other.json", "{\"model_stats\":[{\"name\":\"m\"}]}");
    assertRefused(1, List.of("model_stats[0].", "it is missing"), "--stats", other);
    Path empty = write("empty.json", "");
    assertRefused(1, List.of("it is empty"), "--stats", empty);
    assertRefused(1, List.of("model 'embed' fell"), "--stats", busy, "--stats", idle);
    Path words = write("metrics.txt", "hello there you\n");
    assertRefused(1, List.of("metrics.txt:1"), "--stats", busy, "--metrics", words);
    Path foreign = write("foreign.txt", "up 1\n");
    assertRefused(1, List.of("nv_"), "--stats", busy, "--metrics", foreign);
    assertRefused(1, List.of("busy.json", "allowed"), "--records", busy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_batch_size: 8 dynamic_batching {|the file ends",
        "max_batch_size 8|'8'",
        "max_batch_size: 8 }|'}'",
        "name: \"x|a closed string",
        "hello: 1|neither name",
        "{\"name\": 3|broken JSON",
      })
  void refusesAConfigurationThatIsNone(String text, String named) throws IOException {
    Path bad = write("bad.pbtxt", text);
    assertRefused(1, List.of(bad.toString(), named), "--stats", busy, "--model-config", bad);
  }

  @Test
  void refusesTwoConfigurationsOfAModel() {
    assertRefused(
        1,
        List.of("a second configuration of model 'embed'"),
        "--stats",
        busy,
        "--model-config",
        config,
        "--model-config",
        config);
  }

  @Test
  void theDocumentedCausesAreThoseThatAreJudged() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    ROW.matcher(Files.readString(ProjectFiles.at("docs/diagnose.md")))
        .results()
        .forEach(row -> documented.put(row.group(1), row.group(2)));
    Map<String, String> judged = new TreeMap<>();
    Arrays.stream(Cause.values())
        .forEach(cause -> judged.put(cause.label(), cause.stage().label()));

    assertThat(documented).isEqualTo(judged);
  }
}
