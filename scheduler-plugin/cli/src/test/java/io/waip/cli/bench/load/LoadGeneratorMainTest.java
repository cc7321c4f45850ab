package io.waip.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.waip.cli.runtime.DurationConverter;
import io.waip.triton.client.FakeInferenceServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadGeneratorMainTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter err = new StringWriter();

  private int run(String arguments) {
    return new CommandLine(new LoadGeneratorMain())
        .registerConverter(Duration.class, new DurationConverter())
        .setErr(new PrintWriter(err))
        .execute(arguments.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=1 --model=m --time=1s",
        "--port=1 --model=m --time=1s --rate=5 --pairs=3",
        "--port=1 --model=m --time=1s --pairs=3",
        "--port=1 --model=m --model=n --time=1s --rate=5",
        "--port=1 --model=m --time=1 --rate=5",
        "--model=m --time=1s --rate=5"
      })
  void aWrongCallIsRefused(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);
  }

  @Test
  void anErrorAndAWrongAnswerOfARealServerAreInTheFigures() throws IOException {
    AtomicInteger count = new AtomicInteger();
    try (FakeInferenceServer server = new FakeInferenceServer()) {
      server.model =
          request ->
              switch (count.incrementAndGet()) {
                case 20 -> throw Status.UNAVAILABLE.withDescription("planted").asRuntimeException();
                case 30 -> FakeInferenceServer.echo(request).toBuilder().setId("other").build();
                default -> FakeInferenceServer.echo(request);
              };

      int exit =
          run(
              "--port=%d --model=m --time=20s --rate=1000 --count=50 --warm-up=10 --json=%s --log=%s"
                  .formatted(
                      server.port(), folder.resolve("load.json"), folder.resolve("load.csv")));

      assertThat(exit).isZero();
    }
    JsonNode figures = new ObjectMapper().readTree(folder.resolve("load.json").toFile());
    assertThat(figures.get("sent").asInt()).isEqualTo(50);
    assertThat(figures.get("ok").asInt()).isEqualTo(48);
    assertThat(figures.get("errors").asInt()).isEqualTo(1);
    assertThat(figures.get("wrong").asInt()).isEqualTo(1);
    assertThat(figures.get("error_groups").get(0).get("message").asText()).isEqualTo("planted");
    LoadLog log = LoadLog.read(folder.resolve("load.csv"));
    assertThat(log.arm(9)).isEqualTo(LoadLog.WARM_UP);
    assertThat(log.end(19)).isEqualTo(End.ERROR);
  }

  @Test
  void noServerIsSaidInOneLine() {
    // Port 1 of the loopback interface: nobody listens there.
    assertThat(run("--port=1 --model=m --time=1s --rate=5")).isEqualTo(2);

    assertThat(err.toString()).contains("no server is ready at port 1");
  }
}
