package io.waip.cli.hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.drift.Hint;
import io.waip.cli.config.HintSettings;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintReceiverTest {
  private static final String ALERTS =
      """
      {"version": "4", "groupKey": "{}:{alertname=\\"Slow\\"}", "truncatedAlerts": 0,
       "status": "firing", "receiver": "waip", "groupLabels": {"alertname": "Slow"},
       "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://a:9093",
       "something_new": [1, {"x": null}],
       "alerts": [
         {"status": "firing", "labels": {"alertname": "Slow", "severity": "page", "max_batch": "64"},
          "annotations": {"summary": "set max_batch to 64"},
          "startsAt": "2026-03-01T14:00:00.5+01:00", "endsAt": "0001-01-01T00:00:00Z",
          "generatorURL": "http://p:9090/graph", "fingerprint": "1a30ba71cca2921f"},
         {"status": "resolved", "labels": {"alertname": "Full"}, "annotations": {},
          "startsAt": "2026-03-01T12:00:00Z", "endsAt": "2026-03-01T13:00:00Z",
          "generatorURL": "", "fingerprint": "ff"}]}
      """;

  private final List<Hint> got = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HintReceiver receiver = start(Optional.empty());

  @TempDir private Path folder;

  private HintReceiver start(Optional<Path> token) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return HintReceiver.start(new HintSettings(any, token, 6), got::add);
  }

  @AfterEach
  void close() {
    receiver.close();
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + receiver.address().getPort() + path))
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(request("/hints").POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  @Test
  void anAlertBecomesAHintAndNothingOfItIsASetting() throws Exception {
    HttpResponse<String> response = post(ALERTS);

    assertThat(response.body())
        .isEqualTo("{\"passed\": 1, \"folded\": 0, \"suppressed\": 0, \"resolved\": 1}\n");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(got)
        .containsExactly(
            new Hint(
                "alertmanager",
                "Slow",
                "page",
                OptionalDouble.empty(),
                Instant.parse("2026-03-01T13:00:00.5Z")));
    assertThat(Arrays.stream(Hint.class.getRecordComponents()).map(c -> c.getName()))
        .containsExactly("source", "subject", "severity", "score", "since");
  }

  @Test
  void aRepeatedAlertIsFolded() throws Exception {
    post(ALERTS);
    post(ALERTS);

    assertThat(got).hasSize(1);
    assertThat(receiver.counts()).isEqualTo(new HintCounts(1, 1, 0, 2, 0));
  }

  @Test
  void aScoreBecomesAHint() throws Exception {
    assertThat(post("{\"anomaly_score\": 0.93, \"subject\": \"embed\"}").statusCode())
        .isEqualTo(202);

    assertThat(got).hasSize(1);
    assertThat(got.getFirst().source()).isEqualTo("anomaly");
    assertThat(got.getFirst().subject()).isEqualTo("embed");
    assertThat(got.getFirst().score()).hasValue(0.93);
  }

  @Test
  void moreThanTheRateAreCountedAndNotActedOn() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(post("{\"anomaly_score\": 1, \"subject\": \"s" + i + "\"}").statusCode())
          .isEqualTo(202);
    }

    assertThat(got).hasSize(6);
    assertThat(receiver.counts().suppressed()).isEqualTo(14);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``| the body is no JSON object",
        "{| no valid JSON",
        "[]| the body is no JSON object",
        "{} {}| no valid JSON",
        "{\"a\": 1, \"a\": 2}| no valid JSON",
        "{}| neither 'alerts' nor 'anomaly_score'",
        "{\"version\": \"3\", \"alerts\": [{}]}| 'version' is",
        "{\"version\": \"4\", \"alerts\": []}| 'alerts' is no list of 1 to 1000",
        "{\"version\": \"4\", \"alerts\": [3]}| 'status' is missing or no text",
        "{\"version\": \"4\", \"alerts\": [{\"status\": \"on\"}]}| 'status' is 'on'",
        "{\"version\": \"4\", \"alerts\": [{\"status\": \"firing\"}]}| no 'labels'",
        "{\"anomaly_score\": \"1\", \"subject\": \"x\"}| 'anomaly_score' is",
        "{\"anomaly_score\": -1, \"subject\": \"x\"}| 'anomaly_score' is -1",
        "{\"anomaly_score\": 1e99, \"subject\": \"x\"}| 'anomaly_score' is",
        "{\"anomaly_score\": 1}| 'subject' is missing",
        "{\"anomaly_score\": 1, \"subject\": \"x\", \"max_batch\": 9}| unknown field 'max_batch'",
      })
  void refusesWhatIsNoHintAndSaysWhy(String body, String why) throws Exception {
    HttpResponse<String> response = post(body == null ? "" : body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\": \"").contains(why);
    assertThat(got).isEmpty();
    assertThat(receiver.counts().refused()).isEqualTo(1);
  }

  @Test
  void refusesOtherPathsMethodsTypesAndSizes() throws Exception {
    HttpRequest.BodyPublisher large =
        HttpRequest.BodyPublishers.ofString("[" + " ".repeat(HintReceiver.MOST_BYTES) + "]");
    HttpRequest form =
        HttpRequest.newBuilder(request("/hints").build().uri())
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(ALERTS))
            .build();

    assertThat(send(request("/plan").GET().build()).statusCode()).isEqualTo(404);
    assertThat(send(request("/hints").GET().build()).statusCode()).isEqualTo(405);
    assertThat(send(form).statusCode()).isEqualTo(415);
    assertThat(send(request("/hints").POST(large).build()).statusCode()).isEqualTo(413);
    assertThat(post("[".repeat(5000)).statusCode()).as("nesting").isEqualTo(400);
    assertThat(got).isEmpty();
    assertThat(post(ALERTS).statusCode()).as("after all that").isEqualTo(202);
  }

  @Test
  void asksForTheTokenWhereOneIsSet() throws Exception {
    receiver.close();
    Path file = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    receiver = start(Optional.of(file));
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(ALERTS);

    assertThat(post(ALERTS).statusCode()).isEqualTo(401);
    for (String wrong : List.of("Bearer 0123456789abcdee", "Bearer ", "Basic 0123456789abcdef")) {
      HttpRequest request = request("/hints").header("Authorization", wrong).POST(body).build();
      assertThat(send(request).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(got).isEmpty();
    HttpRequest right =
        request("/hints").header("Authorization", "Bearer 0123456789abcdef").POST(body).build();
    assertThat(send(right).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesATokenThatIsNone() throws Exception {
    Path weak = Files.writeString(folder.resolve("weak"), "secret\n");

    assertThatThrownBy(() -> start(Optional.of(weak)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("allowed: 16 or more printable characters");
    assertThatThrownBy(() -> start(Optional.of(folder.resolve("none"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("remedy: check planner.hints.token_file");
  }

  @Test
  void aClientThatNeverEndsItsRequestIsCutOffAndHoldsNobodyUp() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), receiver.address().getPort())) {
      slow.getOutputStream()
          .write(
              ("POST /hints HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 100\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();

      assertThat(post(ALERTS).statusCode()).isEqualTo(202);
      slow.setSoTimeout(30_000);
      assertThat(slow.getInputStream().read()).as("cut off").isEqualTo(-1);
    }
    assertThat(got).hasSize(1);
  }

  @Test
  void noiseIsNoRequest() throws Exception {
    try (Socket noise =
        new Socket(InetAddress.getLoopbackAddress(), receiver.address().getPort())) {
      noise.getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0, 1, '\r', '\n', '\r', '\n'});
      noise.getOutputStream().flush();
      noise.setSoTimeout(30_000);
      noise.getInputStream().readAllBytes();
    }

    assertThat(post(ALERTS).statusCode()).isEqualTo(202);
  }

  @Test
  void aClosedReceiverListensNoMore() {
    receiver.close();

    assertThatThrownBy(() -> post(ALERTS)).isInstanceOf(ConnectException.class);
  }

  @Test
  void aTakenPortIsAnErrorThatNamesTheKey() {
    HintSettings taken = new HintSettings(receiver.address(), Optional.empty(), 6);

    assertThatThrownBy(() -> HintReceiver.start(taken, got::add))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("planner.hints.listen");
  }
}
