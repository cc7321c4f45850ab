package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.Center;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelAnalyzerReaderTest {
  private static final String NAME = "metrics-model-inference,length=128,device=T4.csv";
  private static final String KEYS = "Model Config Path,Batch,Concurrency,";
  private static final String COMPUTE =
      "Server Compute Input time (ms),Server Compute Infer time (ms),Server Compute Output time (ms)";

  @TempDir private Path folder;
  private final ModelAnalyzerReader reader = new ModelAnalyzerReader();

  private List<Measurement> read(String content) throws IOException {
    return reader.read(Samples.write(folder, NAME, Samples.lines(content)));
  }

  private String refusal(String content) {
    return Samples.refusal(reader, Samples.write(folder, NAME, Samples.lines(content)));
  }

  @Test
  void theDefaultColumnsGiveTheMeanByLittlesLawAtOneRequestInFlight() throws IOException {
    assertThat(read(Samples.ANALYZER_CSV))
        .containsExactly(
            measurement("add_sub_config_0", 3, 10e6, 12.5e6, 3),
            measurement("add_sub_config_1", 1, 4e6, 6e6, 4));
  }

  private Measurement measurement(String variant, int batch, double mean, double p99, int line) {
    return new Measurement(
        new Subject(variant, Phase.WHOLE, "T4", 1, 0),
        batch,
        128,
        mean,
        OptionalDouble.of(p99),
        1,
        new Source(folder.resolve(NAME).toString(), line),
        Center.MEAN);
  }

  @Test
  void computeColumnsComeFirstAndTellNoPercentile() throws IOException {
    Measurement measurement =
        read(KEYS + COMPUTE + ",p99 Latency (ms),Throughput (infer/sec)|c,1,1,0.5,3.0,0.5,9,100")
            .getFirst();
    assertThat(measurement.medianNanos()).isEqualTo(4e6);
    assertThat(measurement.p99Nanos()).isEmpty();
  }

  @Test
  void theMeanLatencyComesBeforeTheThroughput() throws IOException {
    Measurement measurement =
        read(KEYS + "Avg Latency (ms),Throughput (infer/sec)|c,1,1,8.5,100").getFirst();
    assertThat(measurement.medianNanos()).isEqualTo(8.5e6);
    assertThat(measurement.p99Nanos()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ns,1", "us,1e3", "ms,1e6", "s,1e9"})
  void theUnitStandsInTheHeader(String unit, double nanos) throws IOException {
    Measurement measurement =
        read(KEYS + "Avg Latency (%s),p99 Latency (%s)|c,1,1,8,9".formatted(unit, unit)).getFirst();
    assertThat(measurement.medianNanos()).isEqualTo(8 * nanos);
    assertThat(measurement.p99Nanos()).hasValue(9 * nanos);
  }

  @Test
  void aPercentileBelowTheMeanIsLeftOut() throws IOException {
    assertThat(read(KEYS + "Avg Latency (ms),p99 Latency (ms)|c,1,1,8,7").getFirst().p99Nanos())
        .isEmpty();
  }

  @Test
  void anEnsembleIsOneVariant() throws IOException {
    Measurement measurement =
        read(KEYS + "Throughput (infer/sec)|\"e_config_1: a_config_0, b_config_1\",1,1,100")
            .getFirst();
    assertThat(measurement.subject().variant()).isEqualTo("e_config_1: a_config_0, b_config_1");
  }

  @Test
  void rowsWithMoreInFlightMayRepeat() throws IOException {
    assertThat(read(KEYS + "Throughput (infer/sec)|c,1,4,9|c,1,4,8|c,1,1,7|c,2,1,7")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "c,1,2,9;: no row of concurrency 1",
        "c,1,1,9|c,1,1,8;:3: a second row of c, batch 1, concurrency 1",
        "c,1,1,0;:2: column 'Throughput (infer/sec)': found '0'",
        "c,1,1,-4;:2: column 'Throughput (infer/sec)': found '-4'",
        "c,1,1,None;:2: column 'Throughput (infer/sec)': found 'None'",
        "c,1,1,0.4;:2: 0.4 infer/sec, rounded to one decimal; allowed: 0.5 or more",
        "~\"c,d\",\"1,1\",\"1,1\",\"9.0, [4.0,5.0]\"~;:2: column 'Concurrency': found '1,1'",
        "c,1;:2: 2 fields; allowed: 4",
        ",1,1,9;:2: column 'Model Config Path': found ''",
        "c,0,1,9;:2: column 'Batch': found '0'",
      })
  void aRowThatTellsNoExecutionIsRefused(String rows, String what) {
    assertThat(refusal(KEYS + "Throughput (infer/sec)|" + rows)).startsWith(NAME + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.0,0.0,0.0;:2: columns [Server Compute Input time (ms), ",
        "0.1,1.2,0.1;:2: 1.4 of columns [Server Compute Input time (ms), ",
        "0.1,-1.2,0.1;:2: column 'Server Compute Infer time (ms)': found '-1.2'",
      })
  void computeTimesThatAreNoneOrTooCoarseAreRefused(String times, String what) {
    assertThat(refusal(KEYS + COMPUTE + "|c,1,1," + times)).startsWith(NAME + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Model,GPU UUID,Batch,Concurrency,Model Config Path|m,G,1,1,c;the table has memory,",
        "Model,GPU ID,GPU Memory Usage (MB)|triton-server,0,870.0;the table has memory,",
        "Model Config Path,Batch,Request Rate|c,1,1;load is given as a request rate",
        "Model,Batch,Concurrency|m,1,1;no column 'Model Config Path'",
        "Model Config Path,Concurrency|c,1;no column 'Batch'",
        "Model Config Path,Batch|c,1;no column 'Concurrency'",
        "Model Config Path,Batch,Concurrency|c,1,1;no column 'Throughput (infer/sec)'",
        "Model Config Path,Batch,Concurrency,Server Compute Infer time (ms)|c,1,1,5;no column 'Server Compute Input time (ms)'",
        "Model Config Path,Batch,Concurrency,Avg Latency (min)|c,1,1,5;column 'Avg Latency (min)'; allowed: times in",
        "Model Config Path,Batch,Concurrency,Avg Latency (ms),p99 Latency (us)|c,1,1,5,6;column 'p99 Latency (us)' beside times in ms; allowed: times in",
      })
  void aHeaderThatTellsNoExecutionIsRefused(String content, String what) {
    assertThat(refusal(content)).startsWith(NAME + ":1: " + what);
  }

  @Test
  void theNameMustSayTheLength() {
    String name = "metrics-model-inference.csv";
    assertThat(Samples.refusal(reader, Samples.write(folder, name, Samples.ANALYZER_CSV)))
        .startsWith(name + ": neither the file nor its name says the length");
  }
}
