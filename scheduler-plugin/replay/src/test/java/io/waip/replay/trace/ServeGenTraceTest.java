package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeGenTraceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String HEADER =
      "client,window_start_s,rate_rps,cv,arrival_pattern,arg1,arg2|";
  private static final String LENGTHS_HEADER =
      "client,window_start_s,field,mean,p50,p90,p95,p99,max|";
  private static final String LENGTHS =
      LENGTHS_HEADER
          + "7,0,input_tokens,100,100,100,100,100,100|7,0,output_tokens,5,5,5,5,5,5|"
          + "7,21600,input_tokens,200,200,200,200,200,200|7,21600,output_tokens,6,6,6,6,6,6|";

  @TempDir private Path folder;

  @BeforeEach
  void writeLengths() throws IOException {
    write("x_lengths.csv", LENGTHS);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace('|', '\n'));
  }

  private Path windows(String rows) throws IOException {
    return write("x_windows.csv", HEADER + rows);
  }

  private static int countIn(Trace trace, long fromSeconds, long toSeconds, String tenant) {
    int count = 0;
    long[] arrivals = trace.arrivalNanos();
    for (int i = 0; i < arrivals.length; i++) {
      boolean isIn = arrivals[i] >= fromSeconds * SECOND && arrivals[i] < toSeconds * SECOND;
      count += isIn && trace.tenantNames().get(trace.tenant(i)).equals(tenant) ? 1 : 0;
    }
    return count;
  }

  @Test
  void drawsAsManyRequestsAsTheRateOfEachWindowSays() throws IOException {
    // Nothing lies in the first 1200 s but a dense client, so that the trace begins at about 0.
    Path file =
        windows(
            "7,0,20,1,Gamma,1,1|7,600,0.5,1,Gamma,1,1|9,600,0.25,3,Weibull,0.4,1|"
                + "9,1800,0.05,1,Gamma,1,1|");
    Trace trace = TraceReader.read(file);
    assertThat(trace.size()).isEqualTo(12_000 + 300 + 150 + 30);
    assertThat(trace.tenantNames()).containsExactlyInAnyOrder("client-7", "client-9");
    assertThat(countIn(trace, 0, 599, "client-7")).isBetween(11_900, 12_000);
    assertThat(countIn(trace, 599, 1201, "client-9")).isEqualTo(150);
    assertThat(countIn(trace, 1201, 1799, "client-9")).isZero();
    assertThat(trace.arrivalNanos()).isSorted();
  }

  @Test
  void drawsTheSameForASeedAndTheSamePartAsInTheWhole() throws IOException {
    Path file = windows("7,0,1,1,Gamma,0.5,1|7,600,1,1,Gamma,0.5,1|7,1200,1,1,Gamma,0.5,1|");
    Trace whole = TraceReader.read(file, TraceCut.WHOLE, 3);
    assertThat(TraceReader.read(file, TraceCut.WHOLE, 3).arrivalNanos())
        .isEqualTo(whole.arrivalNanos());
    assertThat(TraceReader.read(file, TraceCut.WHOLE, 4).arrivalNanos())
        .isNotEqualTo(whole.arrivalNanos());

    Trace middle =
        TraceReader.read(file, new TraceCut(600 * SECOND, 600 * SECOND, Integer.MAX_VALUE), 3);
    assertThat(middle.size()).isEqualTo(600);
    long[] all = whole.arrivalNanos();
    for (int i = 0; i < 600; i++) {
      assertThat(middle.arrivalNanos()[i]).isEqualTo(all[600 + i] - all[600]);
    }
    assertThat(TraceReader.read(file, new TraceCut(0, Long.MAX_VALUE, 700), 3).arrivalNanos())
        .isEqualTo(Arrays.copyOf(all, 700));
  }

  @ParameterizedTest
  @CsvSource({"Gamma,1,1", "Gamma,0.25,2", "Gamma,4,0.5", "Weibull,1,1", "Weibull,0.5,2.236"})
  void gapsHaveTheVariationOfTheirLaw(String law, double shape, double variation)
      throws IOException {
    // CV of a gamma variable: 1/sqrt(k); of a Weibull one with k = 1/2: sqrt(4!/(2!)^2 - 1).
    Trace trace = TraceReader.read(windows("7,0,100,1,%s,%s,1|".formatted(law, shape)));
    long[] times = trace.arrivalNanos();
    double mean = (double) times[times.length - 1] / (times.length - 1);
    double squares = 0;
    for (int i = 1; i < times.length; i++) {
      double gap = times[i] - times[i - 1] - mean;
      squares += gap * gap;
    }
    assertThat(Math.sqrt(squares / (times.length - 1)) / mean)
        .isCloseTo(variation, Offset.offset(0.04 * variation));
  }

  @Test
  void takesLengthsOfTheSixHoursAndOfOthersWhereAClientHasNone() throws IOException {
    Path file = windows("7,0,1,1,Gamma,1,1|7,21600,1,1,Gamma,1,1|8,21600,1,1,Gamma,1,1|");
    Trace trace = TraceReader.read(file);
    assertThat(trace.length(0)).isEqualTo(100);
    assertThat(trace.outputLength(0)).isEqualTo(5);
    for (int i = 600; i < 1800; i++) {
      assertThat(trace.length(i)).isEqualTo(200);
      assertThat(trace.outputLength(i)).isEqualTo(6);
    }
  }

  @Test
  void refusesWhatNoHeapHolds() throws IOException {
    Path file = windows("7,0,16667,1,Gamma,1,1");
    assertThatThrownBy(() -> TraceReader.read(file))
        .hasMessageContaining("more than 10000000 requests")
        .hasMessageContaining("take a part");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7,0,1,1,Pareto,1,1;:2: column 'arrival_pattern': found 'Pareto'; allowed: Gamma or Weibull",
        "7,0,-1,1,Gamma,1,1;:2: column 'rate_rps': found '-1'",
        "7,0,NaN,1,Gamma,1,1;:2: column 'rate_rps': found 'NaN'",
        "7,0,1,1,Gamma,0,1;:2: column 'arg1': found '0'",
        "7,5,1,1,Gamma,1,1;:2: column 'window_start_s': found '5'; allowed: a multiple of 600",
        "7,0,1,1,Gamma,1;:2: 6 fields",
        "7,0,1,1,Gamma,1,1|7,0,1,1,Gamma,1,1;:3: column 'window_start_s': found '0'; allowed: one row",
        "',0,1,1,Gamma,1,1';:2: column 'client': found ''",
        "7,0,0,1,Gamma,1,1;no request arrives",
        "7,43200,1,1,Gamma,1,1;x_lengths.csv: no client has lengths for the six hours from 43200 s",
      })
  void refusesWindowsWithTheLine(String rows, String message) throws IOException {
    Path file = windows(rows);
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("; remedy: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7,0,input_tokens,1,5,4,6,7,8;:2: column 'p90': found '4'",
        "7,0,tokens,1,1,1,1,1,1;:2: column 'field': found 'tokens'",
        "7,100,input_tokens,1,1,1,1,1,1;:2: column 'window_start_s': found '100'",
        "7,0,input_tokens,1,1,1,1,1,1;a client has only input_tokens or only output_tokens",
      })
  void refusesLengthsWithTheLine(String rows, String message) throws IOException {
    write("x_lengths.csv", LENGTHS_HEADER + rows);
    Path file = windows("7,0,1,1,Gamma,1,1");
    assertThatThrownBy(() -> TraceReader.read(file))
        .hasMessageContaining("x_lengths.csv")
        .hasMessageContaining(message);
  }

  @Test
  void refusesFilesThatDoNotLieBesideOneAnother() throws IOException {
    Path unnamed = write("y.csv", HEADER + "7,0,1,1,Gamma,1,1");
    assertThatThrownBy(() -> TraceReader.read(unnamed)).hasMessageContaining("*_windows.csv");
    Path alone = write("y_windows.csv", HEADER + "7,0,1,1,Gamma,1,1");
    assertThatThrownBy(() -> TraceReader.read(alone))
        .hasMessageContaining("y_lengths.csv: no such file");
    Path lengths = folder.resolve("x_lengths.csv");
    assertThatThrownBy(() -> TraceReader.read(lengths))
        .hasMessageContaining("x_lengths.csv:1: no field 'rate_rps'");
  }

  @Test
  void drawsTenMinutesOfTheSharedFile() {
    Optional<Path> file = TestWorkloads.shared("servegen_m_small_client_windows.csv");
    Assumptions.assumeTrue(
        file.isPresent(), "skipped: ServeGen's windows are neither in WAIP_SHARED nor beside");
    // The rates of the windows at 302400 s, times 600 s, sum up to this.
    Trace trace =
        TraceReader.read(
            file.orElseThrow(), new TraceCut(302_400 * SECOND, 600 * SECOND, Integer.MAX_VALUE), 1);
    assertThat(trace.size()).isEqualTo(786_109);
    assertThat(trace.tenantNames()).hasSizeGreaterThan(10);
    assertThat(trace.hasLengths()).isTrue();
  }
}
