package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces as others publish them. */
class TraceFormsTest {
  private static final String BURST_GPT =
      "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type|";

  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t"), content.replace("|", "\n"));
  }

  private Trace read(String content) throws IOException {
    return TraceReader.read(file(content));
  }

  @Test
  void readsBurstGptWithModelsAsTenants() throws IOException {
    Trace trace =
        read(
            BURST_GPT
                + "5,ChatGPT,472,18,490,Conversation log|"
                + "45.5,GPT-4,1087,230,1317,API log|"
                + "45.5,ChatGPT,0,0,0,API log|");
    assertThat(trace.arrivalNanos()).containsExactly(0, 40_500_000_000L, 40_500_000_000L);
    assertThat(trace.length(1)).isEqualTo(1087);
    assertThat(trace.outputLength(1)).isEqualTo(230);
    assertThat(trace.tenantNames()).containsExactly("ChatGPT", "GPT-4");
    assertThat(trace.tenant(1)).isEqualTo(1);
    assertThat(trace.tenant(2)).isZero();
  }

  @Test
  void offersRequestsOfBurstGptThatFailed() throws IOException {
    Trace trace = read(BURST_GPT + "5,M,0,0,0,API log|6,M,300,0,300,API log|");
    assertThat(trace.size()).isEqualTo(2);
    assertThat(trace.length(0)).isEqualTo(1);
    assertThat(trace.outputLength(1)).isZero();
  }

  @Test
  void readsBurstGptWithSessions() throws IOException {
    Trace trace =
        read(
            "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total"
                + " tokens,Log Type|"
                + "19440110.0,1722ac82,43,GPT-4,906,446,1352,Conversation log|"
                + "19440161.0,,2,ChatGPT,36,29,65,API log|");
    assertThat(trace.arrivalNanos()).containsExactly(0, 51_000_000_000L);
    assertThat(trace.length(1)).isEqualTo(36);
  }

  @Test
  void readsMooncakeInMilliseconds() throws IOException {
    Trace trace =
        read(
            "{\"timestamp\": 100, \"input_length\": 6758, \"output_length\": 500,"
                + " \"hash_ids\": [0, 1]}|"
                + "{\"hash_ids\": [], \"timestamp\": 3100, \"input_length\": 7, \"output_length\":"
                + " 1}|");
    assertThat(trace.arrivalNanos()).containsExactly(0, 3_000_000_000L);
    assertThat(trace.length(0)).isEqualTo(6758);
    assertThat(trace.length(1)).isEqualTo(7);
    assertThat(trace.outputLength(0)).isEqualTo(500);
    assertThat(trace.tenantNames()).containsExactly("default");
  }

  private static String bailian(String timestamp) {
    return "{\"chat_id\": 159, \"parent_chat_id\": -1, \"timestamp\": "
        + timestamp
        + ", \"input_length\": 521, \"output_length\": 132, \"type\": \"text\", \"turn\": 2,"
        + " \"hash_ids\": [1089]}|";
  }

  @Test
  void readsQwenBailianInSeconds() throws IOException {
    Trace trace = read(bailian("61.114") + bailian("62.115"));
    assertThat(trace.arrivalNanos()).containsExactly(0, 1_001_000_000L);
    assertThat(trace.length(0)).isEqualTo(521);
    assertThat(trace.outputLength(1)).isEqualTo(132);
  }

  @Test
  void readsAzureTimesWithTheOffsetOfTheirLaterTraces() throws IOException {
    Trace trace =
        read(
            "TIMESTAMP,ContextTokens,GeneratedTokens|"
                + "2024-05-10 00:00:00.009930+00:00,2162,5|2024-05-10 00:00:01+00:00,2399,6|");
    assertThat(trace.arrivalNanos()).containsExactly(0, 990_070_000L);
    assertThat(trace.outputLength(1)).isEqualTo(6);
  }

  @Test
  void readsAzureTimesBeforeItsEpoch() throws IOException {
    Trace trace = read("TIMESTAMP,ContextTokens|1999-12-31 23:59:58,1|1999-12-31 23:59:59,1|");
    assertThat(trace.arrivalNanos()).containsExactly(0, 1_000_000_000L);
    assertThat(trace.hasOutputLengths()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'Timestamp,Model,Request tokens|5,M,1|';:1: column '",
        "'Timestamp,Model,User|5,M,1|';:1: unknown column 'User'",
        "'{\"timestamp\": 1, \"input_length\": 1}|';:1: key '",
        "'{\"timestamp\": 1, \"delay\": 1}|';:1: unknown key 'delay'",
        "'{\"timestamp\": 1|';:1: broken JSON at column 16 of '{\"timestamp\": 1'",
        "'[{\"timestamp\": 1}]|';:1: found '[{\"timestamp\": 1}]'; allowed: one complete JSON",
        "'{\"timestamp\": 1, \"timestamp\": 1}|';:1: broken JSON",
        "'TIMESTAMP,ContextTokens|2023-02-30 00:00:00,1|';:2: column 'TIMESTAMP': found '2023-02-30",
      })
  void refusesWhatIsNoTraceWithTheLine(String content, String message) throws IOException {
    refused(content, message);
  }

  private void refused(String content, String message) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .hasMessageContaining("; allowed: ")
        .hasMessageContaining("; remedy: ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'{\"timestamp\": 2';:2: broken JSON at column",
        "'{\"timestamp\": 2, \"input_length\": 3, \"hash_ids\": []}';:2: key 'output_length' is missing",
        "'{\"timestamp\": \"2\", \"input_length\": 3, \"output_length\": 1}';:2: key 'timestamp': found '\"2\"'",
        "'{\"timestamp\": NaN, \"input_length\": 3, \"output_length\": 1}';:2: broken JSON",
        "'{\"timestamp\": null, \"input_length\": 3, \"output_length\": 1}';:2: key 'timestamp': found 'null'",
        "'{\"timestamp\": -2, \"input_length\": 3, \"output_length\": 1}';:2: key 'timestamp': found '-2'",
        "'{\"timestamp\": 0.5, \"input_length\": 3, \"output_length\": 1}';:2: key 'timestamp': found '0.5'; allowed: a time not before",
        "'{\"timestamp\": 2, \"input_length\": 3.5, \"output_length\": 1}';:2: key 'input_length': found '3.5'",
        "'{\"timestamp\": 2, \"input_length\": 0, \"output_length\": 1}';:2: key 'input_length': found '0'",
        "'{\"timestamp\": 2, \"input_length\": 10000001, \"output_length\": 1}';:2: key 'input_length': found '10000001'",
        "'{\"timestamp\": 2, \"input_length\": 3, \"output_length\": 1} {}';:2: more than one object",
        "'7';:2: found '7'",
        "'|{}';:2: blank line",
      })
  void refusesALaterLineOfMooncake(String line, String message) throws IOException {
    refused(
        "{\"timestamp\": 1, \"input_length\": 1, \"output_length\": 1, \"hash_ids\": []}|" + line,
        message);
  }

  @Test
  void namesASecondHeader() throws IOException {
    refused(BURST_GPT + "5,M,1,1,2,API log|" + BURST_GPT, ":3: column 'Timestamp': found");
    refused(BURST_GPT + "5,M,1,1,2,API log|" + BURST_GPT, "remedy: remove this second header");
  }

  @Test
  void refusesATenantTooMany() throws IOException {
    StringBuilder lines = new StringBuilder("arrival_ms,tenant|");
    for (int i = 0; i <= TraceColumns.MAX_TENANTS; i++) {
      lines.append(i).append(",t").append(i).append('|');
    }
    refused(lines.toString(), ":10002: column 'tenant': found 't10000'");
  }

  @Test
  void refusesARequestTooMany() throws IOException {
    Path file = folder.resolve("t");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("arrival_ns\n");
      for (int i = 0; i <= TraceColumns.MAX_REQUESTS; i++) {
        writer.write(i < 10 ? "1\n" : "2\n");
      }
    }
    assertThat(TraceReader.read(file, new TraceCut(0, Long.MAX_VALUE, 10_000_000), 1).size())
        .isEqualTo(10_000_000);
    assertThatThrownBy(() -> TraceReader.read(file))
        .hasMessageContaining("t:10000002: more than 10000000 requests");
  }

  @Test
  void takesAPartAndReadsNoFurther() throws IOException {
    Path file = file("arrival_s,length|10,1|11,2|12,3|13,4|14,5|broken");
    Trace middle = TraceReader.read(file, new TraceCut(1_000_000_000L, 2_000_000_001L, 100), 1);
    assertThat(middle.arrivalNanos()).containsExactly(0, 1_000_000_000L, 2_000_000_000L);
    assertThat(middle.length(0)).isEqualTo(2);

    Trace first = TraceReader.read(file, new TraceCut(0, Long.MAX_VALUE, 3), 1);
    assertThat(first.size()).isEqualTo(3);
    assertThatThrownBy(() -> TraceReader.read(file)).hasMessageContaining(":7: 1 fields");
    assertThatThrownBy(() -> TraceReader.read(file, new TraceCut(1L, 5L, 3), 1))
        .hasMessageContaining("no request arrives in the part asked for");
  }

  @Test
  void keepsAllColumnsWhileTheyGrow() throws IOException {
    StringBuilder lines = new StringBuilder("arrival_ns,length,tenant,tier,deadline_ms|");
    for (int i = 0; i < 5000; i++) {
      lines.append(i).append(',').append(i + 1).append(",t").append(i % 3);
      lines.append(i % 2 == 0 ? ",offline," : ",nearline,").append(i + 1).append('|');
    }
    Trace trace = read(lines.toString());
    assertThat(trace.size()).isEqualTo(5000);
    assertThat(trace.length(4999)).isEqualTo(5000);
    assertThat(trace.tenant(4999)).isEqualTo(4999 % 3);
    assertThat(trace.tier(4998)).isEqualTo(Tier.OFFLINE);
    assertThat(trace.boundNanos(4999)).isEqualTo(5_000_000_000L);
  }

  @Test
  void readsTheSharedMooncakeTrace() {
    Optional<Path> file = TestWorkloads.shared("mooncake_conversation_trace.jsonl");
    Assumptions.assumeTrue(
        file.isPresent(), "skipped: the Mooncake trace is neither in WAIP_SHARED nor beside");
    Trace trace = TraceReader.read(file.orElseThrow());
    assertThat(trace.size()).isEqualTo(12_031);
    assertThat(trace.arrivalNanos()[12_030]).isEqualTo(3_536_999_000_000L);
    assertThat(trace.length(0)).isEqualTo(6758);
    assertThat(trace.outputLength(0)).isEqualTo(500);
  }
}
