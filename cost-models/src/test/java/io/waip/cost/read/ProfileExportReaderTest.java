package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileExportReaderTest {
  private static final String NAME = "m,batch=8,length=64,threads=2.json";

  @TempDir private Path folder;
  private final ProfileExportReader reader = new ProfileExportReader();

  private List<Measurement> read(String content) throws IOException {
    return reader.read(Samples.write(folder, NAME, content));
  }

  private String refusal(String content) {
    return Samples.refusal(reader, Samples.write(folder, NAME, content));
  }

  private static String experiment(String mode, String value, String requests) {
    return """
    {"experiment":{"mode":"%s","value":%s},"requests":[%s],"window_boundaries":[0,18446744073709551615]}\
    """
        .formatted(mode, value, requests);
  }

  private static String request(long sent, Object answered) {
    return "{\"timestamp\":%d,\"response_timestamps\":[%s]}".formatted(sent, answered);
  }

  private static String document(String experiments) {
    return "{\"experiments\":[" + experiments + "]}";
  }

  @Test
  void takesTheMedianOfTheTimesFromSendingToTheAnswer() throws IOException {
    assertThat(read(Samples.EXPORT_JSON))
        .containsExactly(
            new Measurement(
                new Subject("m", Phase.WHOLE, "", 1, 2),
                8,
                64,
                20,
                OptionalDouble.empty(),
                3,
                new Source(folder.resolve(NAME).toString(), 0)));
  }

  @Test
  void takesAPercentileOfAHundredRequests() throws IOException {
    String requests =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> request(1000L * i, 1000L * i + i))
            .collect(Collectors.joining(","));
    Measurement measurement =
        read(document(experiment("request_rate", "40.0", requests))).getFirst();
    assertThat(measurement.medianNanos()).isEqualTo(50);
    assertThat(measurement.p99Nanos()).hasValue(99);
  }

  @Test
  void eachLoadWithAnIdleServerIsOneMeasurement() throws IOException {
    String one = experiment("concurrency", "1", request(10, 15));
    String two = experiment("concurrency", "2", request(20, 25));
    String rate = experiment("request_rate", "0.5", request(30, 37) + "," + request(31, 60));
    assertThat(read(document(one + "," + two + "," + rate)))
        .extracting(Measurement::medianNanos)
        .containsExactly(5.0, 7.0);
  }

  @Test
  void severalResponsesMakeItTheTimeOfThePrompts() throws IOException {
    String requests = request(10, "15,18,19") + "," + request(20, 27);
    Measurement measurement = read(document(experiment("concurrency", "1", requests))).getFirst();
    assertThat(measurement.subject().phase()).isEqualTo(Phase.PREFILL);
    assertThat(measurement.medianNanos()).isEqualTo(5);
  }

  @Test
  void keysMayComeInAnyOrderAndBesideOthers() throws IOException {
    String requests =
        "\"requests\":[{\"response_timestamps\":[9],\"x\":{\"y\":[1]},\"timestamp\":4}]";
    String load = "\"experiment\":{\"value\":1,\"more\":[],\"mode\":\"concurrency\"}";
    String content =
        "{\"version\":\"1\",\"experiments\":[{\"window_boundaries\":[0,99],%s,\"z\":null,%s}]}"
            .formatted(requests, load);
    assertThat(read(content)).extracting(Measurement::medianNanos).containsExactly(5.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "concurrency;4;{\"timestamp\":1,\"response_timestamps\":[2]};: no request of its 1 loads was sent while none was in flight",
        "concurrency;1;'';: no request of its 1 loads was sent while none",
        "threads;1;'';:1: experiment 0, column 119: mode 'threads'; allowed: 'concurrency' or 'request_rate'",
        "concurrency;\"1\";'';value '1'; allowed: a number",
        "concurrency;1;{\"timestamp\":5,\"response_timestamps\":[5]};a request sent at 5 with responses from 5 to 5",
        "concurrency;1;{\"timestamp\":5,\"response_timestamps\":[3]};a request sent at 5 with responses from 3 to 3",
        "concurrency;1;{\"timestamp\":5,\"response_timestamps\":[9,8]};a request sent at 5 with responses from 9 to 8",
        "concurrency;1;{\"timestamp\":5,\"response_timestamps\":[]};a request without timestamp or response_timestamps",
        "concurrency;1;{\"response_timestamps\":[5]};a request without timestamp or response_timestamps",
        "concurrency;1;{\"timestamp\":5};a request without timestamp or response_timestamps",
        "concurrency;1;{\"timestamp\":1.5,\"response_timestamps\":[5]};timestamp '1.5'; allowed: whole nanoseconds",
        "concurrency;1;{\"timestamp\":-5,\"response_timestamps\":[5]};timestamp '-5'; allowed: whole nanoseconds >= 0",
        "concurrency;1;{\"timestamp\":1,\"response_timestamps\":5};key 'response_timestamps' is something else; allowed: an array",
        "concurrency;1;7;a request is something else; allowed: an object",
      })
  void anExperimentThatTellsNoExecutionIsRefused(
      String mode, String value, String requests, String what) {
    assertThat(refusal(document(experiment(mode, value, requests)))).contains(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~;the document is something else; allowed: an object",
        "[];the document is something else; allowed: an object",
        "{};no key 'experiments'",
        "{\"experiments\":{}};key 'experiments' is something else; allowed: an array",
        "{\"experiments\":[5]};an experiment is something else; allowed: an object",
        "{\"experiments\":[{\"experiment\":5}]};key 'experiment' is something else; allowed: an object",
        "{\"experiments\":[]} {};something follows the document",
        "{\"experiments\":[]};no request of its 0 loads",
        "{\"experiments\":[{\"experiment\":{\"mode\":\"concurrency\"},\"window_boundaries\":[5]}]};1 window_boundaries; allowed: at least two",
        "{\"experiments\":[{\"experiment\":{\"mode\":\"concurrency\"},\"window_boundaries\":[5,4]}]};window_boundaries decrease",
        "{\"experiments\":[,]};1: broken JSON at column 17",
        "{\"experiments\":[],\"experiments\":[]};broken JSON",
      })
  void aDocumentOfAnotherShapeIsRefused(String content, String what) {
    assertThat(refusal(content)).contains(what);
  }

  @Test
  void aMistakeHasItsLine() {
    assertThat(refusal(Samples.EXPORT_JSON.replace("[150]", "[115]")))
        .startsWith(NAME + ":5: experiment 0, column 35: a request sent at 120 with");
  }
}
