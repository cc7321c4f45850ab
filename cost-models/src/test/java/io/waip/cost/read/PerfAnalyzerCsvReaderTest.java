package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.Center;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerfAnalyzerCsvReaderTest {
  private static final String NAME = "m,batch=2,length=16.csv";
  private static final Subject SUBJECT = new Subject("m", Phase.WHOLE, "", 1, 0);
  private static final String CLIENT_HEADER =
      "Concurrency,Inferences/Second,Client Send,Client Recv,"
          + "p50 latency,p90 latency,p95 latency,p99 latency\n";

  @TempDir private Path folder;
  private final PerfAnalyzerCsvReader reader = new PerfAnalyzerCsvReader();

  private Measurement read(String content) throws IOException {
    assertThat(reader.read(Samples.write(folder, NAME, content))).hasSize(1);
    return reader.read(folder.resolve(NAME)).getFirst();
  }

  private String refusal(String content) {
    return Samples.refusal(reader, Samples.write(folder, NAME, content));
  }

  @Test
  void takesTheComputeTimeOfTheServerAtOneRequestInFlight() throws IOException {
    assertThat(read(Samples.PERF_CSV))
        .isEqualTo(
            new Measurement(
                SUBJECT,
                2,
                16,
                7_655_000,
                OptionalDouble.empty(),
                1,
                new Source(folder.resolve(NAME).toString(), 3),
                Center.MEAN));
  }

  @Test
  void furtherColumnsOfVerboseFilesAreNoMatter() throws IOException {
    String verbose =
        Samples.PERF_HEADER.strip()
            + ",Avg latency,request/response,response wait,Avg GPU Utilization\n"
            + "1,46.8,2,187,18,34,65,16,1,4600,4700,4800,4900,5000,3,314,GPU-a:0.8;GPU-b:0.9;\n";
    assertThat(read(verbose).medianNanos()).isEqualTo(115_000);
  }

  @Test
  void withoutTheServersStatisticsItTakesTheClientsLatency() throws IOException {
    Measurement measurement = read(CLIENT_HEADER + "1,50,1,1,7853,8179,9517,11875\n");
    assertThat(measurement.center()).isEqualTo(Center.MEDIAN);
    assertThat(measurement.medianNanos()).isEqualTo(7_853_000);
    assertThat(measurement.p99Nanos()).hasValue(11_875_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2,1,1,1,1,1,1,1,1,1,1,1,1|4,1,1,1,1,1,1,1,1,1,1,1,1;: no row of concurrency 1; there are [2, 4]",
        "1,1,1,1,1,1,1,1,1,1,1,1,1|1,1,1,1,1,1,2,1,1,1,1,1,1;:3: a second row of concurrency 1",
        "1,1,1,1,1,1,-5,1,1,1,1,1,1;:2: column 'Server Compute Infer': found '-5'",
        "1,1,1,1,1,0,0,0,1,1,1,1,1;:2: columns [Server Compute Input, Server Compute Infer,",
        "1,1,1,1,1,1,7.5ms,1,1,1,1,1,1;:2: column 'Server Compute Infer': found '7.5ms'",
        "1,1,1,1,1,1,1,1;:2: 8 fields; allowed: 13",
        "one,1,1,1,1,1,1,1,1,1,1,1,1;:2: column 'Concurrency': found 'one'",
        "'';:1: no row follows the header",
      })
  void aRowThatTellsNoExecutionIsRefused(String rows, String what) {
    assertThat(refusal(Samples.PERF_HEADER + Samples.lines(rows))).startsWith(NAME + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Request Rate,Inferences/Second|1,1;:1: load is given as a request rate",
        "Concurrency,Inferences/Second,Response Throughput|1,1,1;:1: a request has several responses",
        "Inferences/Second|1;:1: no column 'Concurrency'",
        "Concurrency,Server Compute Infer|1,5;:1: no column 'Server Compute Input'",
        "Concurrency,Inferences/Second|1,5;:1: no column 'p50 latency'",
        "Concurrency,p50 latency|1,5;:1: no column 'p99 latency'",
        "Concurrency,p50 latency,p99 latency|1,0,5;:2: column 'p50 latency': found '0'",
        "Concurrency,p50 latency,p99 latency|1,6,5;:2: column 'p99 latency': found '5'",
      })
  void aHeaderThatTellsNoExecutionIsRefused(String content, String what) {
    assertThat(refusal(Samples.lines(content))).startsWith(NAME + what);
  }

  @Test
  void whatTheFileDoesNotSayItsNameMust() {
    assertThat(Samples.refusal(reader, Samples.write(folder, "m.csv", Samples.PERF_CSV)))
        .startsWith("m.csv: neither the file nor its name says the batch");
  }
}
