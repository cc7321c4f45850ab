package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WatchOptionTest {
  private static final List<String> BATCHES_OF_A_MINUTE =
      List.of("--requests", "40000", "--load", "0.8", "--noise", "0.1", "--policy", "waip");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int replay(String... args) {
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of("replay"));
    words.addAll(BATCHES_OF_A_MINUTE);
    words.addAll(List.of(args));
    return Main.execute(commandLine, words.toArray(String[]::new));
  }

  private JsonNode policy(String... args) throws IOException {
    Path json = folder.resolve("out.json");
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--json", json.toString()));
    assertThat(replay(all.toArray(String[]::new))).as(err.toString()).isZero();
    return new ObjectMapper().readTree(json.toFile()).get("policies").get(0);
  }

  @Test
  void keepsItsBoundThroughADriftAndSaysWhichWorkerDriftedAndWhen() throws IOException {
    JsonNode drift = policy("--watch", "--events", "20s:worker-1:slow=1.4x").get("drift");

    assertThat(drift.get("coverage_p99").asDouble()).isGreaterThanOrEqualTo(0.98);
    JsonNode first = drift.get("alarms").get(0);
    assertThat(first.get("signal").asText()).isEqualTo("residual");
    assertThat(first.get("subject").asText()).isEqualTo("worker-1/model");
    assertThat(first.get("change").asText()).isEqualTo("rise");
    assertThat(first.get("time_s").asDouble()).isBetween(20.0, 50.0);
    assertThat(out.toString()).contains("residual worker-1/model rise at 2");
  }

  @Test
  void raisesNoAlarmWhereNothingDrifts() throws IOException {
    JsonNode drift = policy("--watch").get("drift");

    assertThat(drift.get("alarms")).isEmpty();
    assertThat(drift.get("alarms_per_hour").asDouble()).isZero();
    assertThat(drift.get("batches").asLong()).isGreaterThan(1000);
  }

  @Test
  void changesNoDecision() throws IOException {
    JsonNode alone = policy();

    assertThat(policy("--watch").get("decision_hash")).isEqualTo(alone.get("decision_hash"));
    assertThat(alone.get("drift").isNull()).isTrue();
  }

  @Test
  void isNotTakenTogetherWithRecords() {
    assertThat(replay("--watch", "--records", folder.resolve("r").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("given together with --watch");
  }
}
