package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code waip replay --records}, {@code waip explain} and {@code waip records verify}. */
class RecordsCommandTest {
  @TempDir private Path folder;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int waip(Object... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(commandLine, Stream.of(args).map(Object::toString).toArray(String[]::new));
  }

  private JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private Path recorded() {
    Path file = folder.resolve("run.rec");
    assertThat(waip("replay", "--requests", 300, "--load", 1.2, "--records", file))
        .as(err.toString())
        .isZero();
    return file;
  }

  private static void assertOneLine(StringWriter text, String... parts) {
    assertThat(text.toString().lines()).hasSize(1);
    assertThat(text.toString()).contains(parts);
  }

  @Test
  void aRunIsWrittenAndRepeatedFromTheFileAlone() throws IOException {
    Path file = recorded();
    assertThat(out.toString())
        .contains("\nwaip ", " records, ", " bytes, in " + file)
        .doesNotContain("\nfifo");

    Path figures = folder.resolve("out.json");
    assertThat(waip("replay", "--records", file, "--json", figures)).isZero();
    assertThat(out.toString()).matches("\\d+ decisions equal, in \\d+ records of .*run.rec\n");
    assertThat(json(figures).get("equal").asBoolean()).isTrue();
    assertThat(json(figures).get("divergence").isNull()).isTrue();
    assertThat(json(figures).get("decisions_equal").asLong()).isGreaterThanOrEqualTo(300);
  }

  @Test
  void recordingChangesNoFigure() throws IOException {
    Path plain = folder.resolve("plain.json");
    Path seen = folder.resolve("seen.json");
    String[] run = {"replay", "--requests", "300", "--load", "1.2", "--policy", "waip", "--json"};
    List<Object> recorded = new ArrayList<>(List.of((Object[]) run));
    recorded.addAll(List.of(seen, "--records", folder.resolve("seen.rec")));
    List<Object> unseen = new ArrayList<>(List.of((Object[]) run));
    unseen.add(plain);

    assertThat(waip(recorded.toArray())).isZero();
    assertThat(waip(unseen.toArray())).isZero();
    assertThat(json(seen).get("policies")).isEqualTo(json(plain).get("policies"));
  }

  @Test
  void anyOnePolicyIsRecordedAndRepeated() {
    Path file = folder.resolve("symphony.rec");
    assertThat(waip("replay", "--requests", 200, "--policy", "symphony", "--records", file))
        .isZero();
    assertThat(waip("replay", "--records", file)).isZero();
    assertThat(waip("explain", 5, "--records", file)).isZero();
    assertThat(out.toString()).contains("policy symphony", "the policy does not tell", "outcome: ");
  }

  @Test
  void severalPoliciesInOneFileAreAWrongCall() {
    Path file = folder.resolve("two.rec");
    assertThat(waip("replay", "--policy", "waip,fifo", "--records", file)).isEqualTo(2);
    assertOneLine(err, "--records: 2 policies", "one policy in a file");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatExistsIsNotOverwritten() {
    Path file = recorded();
    assertThat(waip("replay", "--load", 1, "--records", file)).isEqualTo(1);
    assertOneLine(err, file + " exists", "give --records alone to repeat");
  }

  @Test
  void aMissingFileAloneSaysHowToWriteOne() {
    assertThat(waip("replay", "--records", folder.resolve("none.rec"))).isEqualTo(1);
    assertOneLine(err, "none.rec: no such file", "such as --load 1");
  }

  @Test
  void aFolderThatDoesNotExistIsOneLine() {
    Path file = folder.resolve("no/run.rec");
    assertThat(waip("replay", "--requests", 50, "--records", file)).isEqualTo(1);
    assertOneLine(err, "cannot write " + file, "create the folder");
  }

  @Test
  void verifyFindsAWholeFileWhole() throws IOException {
    Path figures = folder.resolve("out.json");
    assertThat(waip("records", "verify", recorded(), "--json", figures)).isZero();
    assertThat(out.toString())
        .contains(" records are as they were written", "policy waip, ", "written by waip ");
    assertThat(json(figures).get("intact").asBoolean()).isTrue();
    assertThat(json(figures).get("records").asLong()).isGreaterThan(900);
    assertThat(json(figures).get("hash").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void aFlippedByteEndsEveryCommandWithItsPlace() throws IOException {
    Path file = recorded();
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    Path figures = folder.resolve("out.json");

    assertThat(waip("records", "verify", file, "--json", figures)).isEqualTo(1);
    assertOneLine(err, "run.rec: record ", "remedy: ");
    assertThat(json(figures).get("intact").asBoolean()).isFalse();
    long bad = json(figures).get("first_bad_record").asLong();
    assertThat(bad).isPositive();
    assertThat(waip("replay", "--records", file)).isEqualTo(1);
    assertOneLine(err, "run.rec: record " + bad);
    assertThat(waip("explain", 299, "--records", file)).isEqualTo(1);
    assertOneLine(err, "run.rec: record " + bad);
  }

  @Test
  void explainsARequestFromArrivalToOutcome() throws IOException {
    Path figures = folder.resolve("out.json");
    Path file = recorded();
    assertThat(waip("explain", 40, "--records", file, "--json", figures)).isZero();

    assertThat(out.toString())
        .contains(
            "request 40: service service, tenant default, interactive, length 1",
            "deadline at +50.000 ms; policy waip",
            "admission: ",
            "worker-1 may run it",
            "\nconsidered ",
            "outcome: ");
    JsonNode told = json(figures);
    assertThat(told.get("request").asLong()).isEqualTo(40);
    assertThat(told.get("deadline_after_ms").asDouble()).isEqualTo(50);
    assertThat(told.get("end").get("outcome").asText()).isNotEmpty();
  }

  /** Of 300 requests at 1.2 times the capacity some are answered; take the first of them. */
  @Test
  void tellsTheBatchItsRunnerUpAndWhatCameOfThePrediction() throws IOException {
    Path file = recorded();
    Path figures = folder.resolve("out.json");
    for (int id = 100; id < 300; id++) {
      assertThat(waip("explain", id, "--records", file, "--json", figures)).isZero();
      JsonNode execution = json(figures).get("execution");
      if (!execution.isNull() && !execution.get("runner_up").isNull()) {
        assertThat(execution.get("actual_ms").asDouble())
            .isEqualTo(execution.get("median_ms").asDouble());
        assertThat(out.toString())
            .contains("dispatched at +", "  chosen    ", "  runner-up ", "actual is 1.000 of");
        return;
      }
    }
    throw new AssertionError("no request had a runner-up");
  }

  @Test
  void anUnknownRequestIsOneLine() {
    assertThat(waip("explain", 300, "--records", recorded())).isEqualTo(1);
    assertOneLine(err, "no request 300 arrives", "ids count from 0");
  }

  @Test
  void aWrongCallIsOneLine() {
    assertThat(waip("explain", "x", "--records", "f")).isEqualTo(2);
    assertOneLine(err, "waip explain: ", "'x'");
    assertThat(waip("explain", 1)).isEqualTo(2);
    assertOneLine(err, "--records");
    assertThat(waip("records", "verify")).isEqualTo(2);
    assertOneLine(err, "waip records verify: ", "FILE");
    assertThat(waip("records")).isEqualTo(2);
    assertThat(err.toString()).contains("verify");
  }

  @Test
  void theDocumentationListsEveryKeyAndOption() throws IOException {
    String page = Files.readString(ProjectFiles.at("docs/records.md"));
    Path file = recorded();
    List<String> names = new ArrayList<>(List.of("--records", "--json"));
    Path figures = folder.resolve("out.json");
    waip("records", "verify", file, "--json", figures);
    json(figures).fieldNames().forEachRemaining(names::add);
    waip("replay", "--records", file, "--json", figures);
    json(figures).fieldNames().forEachRemaining(names::add);
    waip("explain", 3, "--records", file, "--json", figures);
    json(figures).fieldNames().forEachRemaining(names::add);

    assertThat(names).hasSize(2 + 7 + 4 + 15);
    assertThat(names).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }
}
