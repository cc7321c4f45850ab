package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), content.replace("|", "\n"));
  }

  @Test
  void readsAzureTimesAndContextLengths() throws IOException {
    Trace trace =
        TraceReader.read(
            file(
                "TIMESTAMP,ContextTokens,GeneratedTokens\r|"
                    + "2023-11-16 18:15:46.6805900,374,44\r|2023-11-16 18:15:50.9951690,396,109\r|"));
    assertThat(trace.arrivalNanos()).containsExactly(0, 4_314_579_000L);
    assertThat(trace.length(1)).isEqualTo(396);
    assertThat(trace.tenantNames()).containsExactly("default");
    assertThat(trace.tier(0)).isEqualTo(Tier.INTERACTIVE);
  }

  @Test
  void readsPlainTimesInTheUnitOfTheHeader() throws IOException {
    assertThat(TraceReader.read(file("arrival_s|0|1.5")).arrivalNanos()[1])
        .isEqualTo(1_500_000_000L);
    assertThat(TraceReader.read(file("arrival_ms|10|10|10.25")).arrivalNanos())
        .containsExactly(0, 0, 250_000L);
    assertThat(TraceReader.read(file("arrival_us|0|2||")).arrivalNanos()[1]).isEqualTo(2000L);
    assertThat(TraceReader.read(file("arrival_ns|0|2")).arrivalNanos()[1]).isEqualTo(2L);
  }

  @Test
  void readsLengthsTenantsAndTiers() throws IOException {
    Trace trace =
        TraceReader.read(
            file(
                "tier,arrival_ms,tenant,length|offline,0,gold,7|nearline,1,free,9|offline,1,gold,2"));
    assertThat(trace.tenantNames()).containsExactly("gold", "free");
    assertThat(trace.tenant(2)).isZero();
    assertThat(trace.tier(1)).isEqualTo(Tier.NEARLINE);
    assertThat(trace.length(1)).isEqualTo(9);
    assertThat(trace.hasLengths()).isTrue();
  }

  @Test
  void readsBoundsInMilliseconds() throws IOException {
    Trace trace = TraceReader.read(file("arrival_s,deadline_ms|0,50|1,0.5"));
    assertThat(trace.hasBounds()).isTrue();
    assertThat(trace.boundNanos(0)).isEqualTo(50_000_000L);
    assertThat(trace.boundNanos(1)).isEqualTo(500_000L);
    assertThat(TraceReader.read(file("arrival_s|0|1")).hasBounds()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';the file is empty",
        "'arrival_ms|';no row follows the header",
        "'time|1|2';:1: unknown column 'time'; ",
        "'length|1|2';:1: no column of arrivals",
        "'arrival_ms,arrival_s|1,1|2,2';:1: more than one column",
        "'arrival_ms,length,length|1,1,1|2,2,2';:1: more than one column",
        "'TIMESTAMP,Tokens|1,1|2,2';:1: column 'ContextTokens' is missing",
        "'arrival_ms|1||3';:3: blank line",
        "'arrival_ms,length|1,1|2';:3: 1 fields",
        "'arrival_ms,length|1,1|2,';:3: column 'length': found ''",
        "'arrival_ms|1|NaN';:3: column 'arrival_ms': found 'NaN'",
        "'arrival_ms|1|-2';:3: column 'arrival_ms': found '-2'",
        "'arrival_ms|1|1e400';:3: column 'arrival_ms'",
        "'arrival_ms|1|1e2147483647';:3: column 'arrival_ms'",
        "'arrival_ms|1|1e-2147483647';:3: column 'arrival_ms': found '1e-2147483647'; allowed: a time not",
        "'arrival_ms|5|4';:3: column 'arrival_ms': found '4'; allowed: a time not before",
        "'arrival_ms|5|5';all arrivals are at one time",
        "'arrival_ms,length|1,0|2,1';:2: column 'length': found '0'; allowed: a whole number in",
        "'arrival_ms,tier|1,urgent|2,offline';:2: column 'tier': found 'urgent'",
        "'arrival_ms,deadline_ms|1,0|2,1';:2: column 'deadline_ms': found '0'",
        "'arrival_ms,deadline_ms|1,5|2,-1';:3: column 'deadline_ms': found '-1'",
        "'arrival_ms,tenant|1,|2,a';:2: column 'tenant': found ''; allowed: a name",
        "'TIMESTAMP,ContextTokens|yesterday,1|2,1';:2: column 'TIMESTAMP': found 'yesterday'",
      })
  void refusesInOneLineWithThePlace(String content, String message) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .hasMessageContaining("; allowed: ")
        .hasMessageContaining("; remedy: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesFilesThatCannotBeRead() throws IOException {
    assertThatThrownBy(() -> TraceReader.read(folder.resolve("none.csv")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> TraceReader.read(folder)).hasMessageContaining("cannot be read");
    Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
    assertThatThrownBy(() -> TraceReader.read(binary)).hasMessageContaining("not UTF-8");
  }

  @Test
  void carriesFileAndLine() throws IOException {
    Path file = file("arrival_ms|0|x");
    try {
      TraceReader.read(file);
    } catch (TraceFormatException e) {
      assertThat(e.file()).isEqualTo(file.toString());
      assertThat(e.line()).isEqualTo(3);
      return;
    }
    throw new AssertionError("read");
  }

  @Test
  void shortensAndCleansWhatItQuotes() {
    assertThat(TraceFormatException.quote("a\tb")).isEqualTo("'a?b'");
    assertThat(TraceFormatException.quote("x".repeat(100))).hasSize(63);
  }

  @Test
  void readsLengthsFromTheirColumn() throws IOException {
    assertThat(LengthsReader.read(file("words,wordpieces|6,8|1,5"))).containsExactly(8, 5);
    assertThatThrownBy(() -> LengthsReader.read(file("words|6")))
        .hasMessageContaining(":1: no column 'wordpieces'");
    assertThatThrownBy(() -> LengthsReader.read(file("wordpieces|6|1.5")))
        .hasMessageContaining(":3: column 'wordpieces': found '1.5'");
  }
}
