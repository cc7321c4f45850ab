package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code waip replay --trace} on files that are not as they should be: one line, no figure. */
class BadTraceTest {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String MOONCAKE =
      """
      {"timestamp": 0, "input_length": 5, "output_length": 1, "hash_ids": [0]}
      {"timestamp": 9, "input_length": 5, "output_length": 1, "hash_ids": [0]}
      """;
  private static final String BURST_GPT =
      """
      Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
      5,ChatGPT,472,18,490,API log
      45,GPT-4,1087,230,1317,API log
      """;
  private static final String SERVE_GEN =
      """
      client,window_start_s,rate_rps,cv,arrival_pattern,arg1,arg2
      0,0,1,1,Gamma,1,1
      """;
  private static final String SERVE_GEN_LENGTHS =
      """
      client,window_start_s,field,mean,p50,p90,p95,p99,max
      0,0,input_tokens,5,5,5,5,5,5
      0,0,output_tokens,5,5,5,5,5,5
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int replay(Path trace, String... more) {
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of("replay", "--trace", trace.toString()));
    words.addAll(List.of("--policy", "fifo", "--json", json().toString()));
    words.addAll(Arrays.asList(more));
    return Main.execute(commandLine, words.toArray(String[]::new));
  }

  private Path json() {
    return folder.resolve("out.json");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("trace"), content);
  }

  private void refused(int exitCode, Path trace, String what, String... more) {
    assertThat(replay(trace, more)).as(err.toString()).isEqualTo(exitCode);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .contains(what)
        .contains("; allowed: ")
        .contains("; remedy: ")
        .doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
    assertThat(json()).doesNotExist();
  }

  private JsonNode figures(Path trace, String... more) throws IOException {
    assertThat(replay(trace, more)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(json().toFile());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "arrival_ms|3|1; trace:3: column 'arrival_ms': found '1'; a time not before",
        "arrival_ms|1|-2; trace:3: column 'arrival_ms': found '-2'; a decimal number >= 0",
        "arrival_ms|1|NaN; trace:3: column 'arrival_ms': found 'NaN'; a decimal number",
        "arrival_ms|1|Infinity; trace:3: column 'arrival_ms': found 'Infinity'; a decimal number",
        "arrival_ms|1|1e30; trace:3: column 'arrival_ms': found '1e30'; below 146 years",
        "length|1|2; trace:1: no column of arrivals; arrival_ms",
        "arrival_ms,size|1,2; trace:1: unknown column 'size'; [,length]",
        "arrival_ms,length|1,5|2; trace:3: 1 fields; 2, as in the header",
        "arrival_ms,length|1,5|2,; trace:3: column 'length': found ''; a whole number",
        "arrival_ms,length|1,5|2,5,5; trace:3: 3 fields; 2, as in the header",
        "arrival_ms,length|1,5|arrival_ms,length; trace:3: column 'arrival_ms'; second header",
        "arrival_ms,arrival_ms|1,5|2,5; trace:1: more than one column; each column once",
        "arrival_ms,length|1,0|2,5; trace:2: column 'length': found '0'; [1, 10000000]",
        "arrival_ms,length|1,10000001|2,5; trace:2: column 'length'; [1, 10000000]",
        "arrival_ms,deadline_ms|1,0|2,5; trace:2: column 'deadline_ms'; at least a nanosecond",
        "arrival_ms,tier|1,gold|2,gold; trace:2: column 'tier': found 'gold'; nearline",
        "arrival_ms|5|5|5; all arrivals are at one time; two different",
        "arrival_ms|5; all arrivals are at one time; two different",
        "arrival_ms; no row follows the header; at least one row",
        "''; the file is empty; a trace with requests",
        "'|'; the file is empty; a trace with requests",
        "not a trace at all; trace:1: unknown column; TIMESTAMP",
      })
  void csvThatIsNotAsItShouldBe(String content, String what, String allowed) throws IOException {
    refused(FAILED, file(content.replace('|', '\n')), what);
    assertThat(err.toString()).contains(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"timestamp\": 9; \"timestamp\": -1; trace:2: key 'timestamp': found '-1'",
        "\"timestamp\": 9; \"timestamp\": NaN; trace:2: broken JSON at column",
        "\"timestamp\": 9; \"timestamp\": \"9\"; trace:2: key 'timestamp': found '\"9\"'",
        "\"timestamp\": 9, ; ''; trace:2: key 'timestamp' is missing",
        "\"timestamp\": 0, ; ''; trace:1: key 'timestamp' is missing",
        "9, \"input_length\": 5; 9, \"input_length\": 0; trace:2: key 'input_length': found '0'",
        "[0]}; [0]; trace:1: broken JSON at column",
      })
  void jsonThatIsNotAsItShouldBe(String part, String instead, String what) throws IOException {
    assertThat(MOONCAKE).contains(part);
    refused(FAILED, file(MOONCAKE.replace(part, instead)), what);
  }

  @Test
  void aFileThatEndsInTheMiddleOfItsLastLine() throws IOException {
    for (String whole : List.of(MOONCAKE, BURST_GPT)) {
      String cut = whole.substring(0, whole.lastIndexOf(','));
      refused(FAILED, file(cut), whole.equals(MOONCAKE) ? "trace:2: " : "trace:3: 5 fields");
      err.getBuffer().setLength(0);
    }
  }

  @Test
  void aDirectory() {
    refused(FAILED, folder, folder + ": it cannot be read");
  }

  @Test
  void aFileThatIsNotThere() {
    refused(FAILED, folder.resolve("none"), "none: no such file");
  }

  @Test
  void otherText() throws IOException {
    byte[] latin = "arrival_ms,tenant\n1,Müller\n2,b\n".getBytes(StandardCharsets.ISO_8859_1);
    refused(FAILED, Files.write(folder.resolve("t"), latin), "t:2: it is not UTF-8 text");
  }

  @Test
  void aCompressedFile() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(BURST_GPT.getBytes(StandardCharsets.UTF_8));
    }
    refused(FAILED, Files.write(folder.resolve("t.csv.gz"), packed.toByteArray()), "(gzip)");
    assertThat(err.toString()).contains("unpack it first");
  }

  private Path serveGen(String windows, String lengths) throws IOException {
    Files.writeString(folder.resolve("a_lengths.csv"), lengths);
    return Files.writeString(folder.resolve("a_windows.csv"), windows);
  }

  @Test
  void moreRequestsThanAReplayTakes() throws IOException {
    Path windows = serveGen(SERVE_GEN.replace("0,0,1,1", "0,0,20000,1"), SERVE_GEN_LENGTHS);
    refused(FAILED, windows, "a_windows.csv: more than 10000000 requests");
  }

  @Test
  void windowsOfServeGenThatAreNotAsTheyShouldBe() throws IOException {
    refused(
        FAILED,
        serveGen(SERVE_GEN.replace("Gamma", "Normal"), SERVE_GEN_LENGTHS),
        "a_windows.csv:2: column 'arrival_pattern': found 'Normal'");
  }

  @Test
  void lengthsOfServeGenThatAreNotAsTheyShouldBe() throws IOException {
    refused(
        FAILED,
        serveGen(SERVE_GEN, SERVE_GEN_LENGTHS.replace("5,5,5,5,5,5\n0", "5,5,4,5,5,5\n0")),
        "a_lengths.csv:2: column 'p90': found '4'");
  }

  @Test
  void noWorkers() throws IOException {
    refused(USAGE, file(MOONCAKE), "--workers: 0 is out of range", "--workers", "0");
  }

  @Test
  void anSloBelowTheTimeOfOneRequest() throws IOException {
    refused(
        USAGE,
        file("arrival_ms,length\n0,1\n1,400\n"),
        "slo 50.000 ms is below the 80.000 ms that one request of length 400 takes",
        "--cost",
        "alpha=0ms,beta=0ms,gamma=0.2ms");
  }

  @Test
  void aPartWithoutRequests() throws IOException {
    refused(FAILED, file(BURST_GPT), "no request arrives in the part asked for", "--from", "41s");
    err.getBuffer().setLength(0);
    refused(USAGE, file(BURST_GPT), "--for: value out of range", "--for", "0s");
  }

  @Test
  void aPartOfNoTrace() {
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(Main.execute(commandLine, "replay", "--from", "1s")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("--from: generated requests have no part to take");
  }

  @Test
  void otherEndsOfLinesAndAByteOrderMarkChangeNothing() throws IOException {
    JsonNode plain = figures(file(BURST_GPT)).get("policies");
    assertThat(figures(file("\uFEFF" + BURST_GPT.replace("\n", "\r\n"))).get("policies"))
        .isEqualTo(plain);
    assertThat(figures(file(BURST_GPT.strip())).get("policies")).isEqualTo(plain);
  }

  @Test
  void everyFormIsToldByItsFirstLine() throws IOException {
    assertThat(figures(file(BURST_GPT)).at("/policies/0/attainment_by_tenant").has("GPT-4"))
        .isTrue();
    assertThat(figures(file(MOONCAKE)).get("window_s").asDouble()).isEqualTo(0.018);
    String bailian =
        MOONCAKE.replace("{", "{\"chat_id\":1,\"parent_chat_id\":-1,\"type\":\"text\",\"turn\":1,");
    assertThat(figures(file(bailian)).get("window_s").asDouble()).isEqualTo(18);
    JsonNode drawn = figures(serveGen(SERVE_GEN, SERVE_GEN_LENGTHS));
    assertThat(drawn.get("requests").asInt()).isEqualTo(600);
    assertThat(drawn.at("/policies/0/attainment_by_tenant").has("client-0")).isTrue();
  }

  @Test
  void theSeedDrawsOtherRequestsFromWindows() throws IOException {
    Path windows = serveGen(SERVE_GEN, SERVE_GEN_LENGTHS);
    String hash = "/policies/0/decision_hash";
    JsonNode first = figures(windows, "--seed", "1").at(hash);
    assertThat(figures(windows, "--seed", "1").at(hash)).isEqualTo(first);
    assertThat(figures(windows, "--seed", "2").at(hash)).isNotEqualTo(first);
  }

  @Test
  void aPartIsTakenByTime() throws IOException {
    Path file = file("arrival_s\n5\n6\n7\n8\n9\nbroken");
    JsonNode figures = figures(file, "--from", "1s", "--for", "2.5s");
    assertThat(figures.get("requests").asInt()).isEqualTo(3);
    assertThat(figures.get("window_s").asDouble()).isEqualTo(3);
    assertThat(figures(file, "--requests", "2").get("window_s").asDouble()).isEqualTo(2);
  }
}
