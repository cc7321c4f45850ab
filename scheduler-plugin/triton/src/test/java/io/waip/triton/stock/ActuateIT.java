package io.waip.triton.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.triton.actuate.ConfigFileActuator;
import io.waip.triton.actuate.LoadWithConfigActuator;
import io.waip.triton.actuate.ModelServer;
import io.waip.triton.actuate.Patience;
import io.waip.triton.actuate.RemoteModelServer;
import io.waip.triton.actuate.TritonActuators;
import io.waip.triton.client.OipClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings put in force in a stock server over gRPC, by a load and by a file that it polls. */
class ActuateIT {
  private static final String MODEL = "mixer";

  @TempDir private Path folder;

  @Test
  void changesAModelByALoadWithAConfigurationAndBack() {
    check(List.of(), Optional.empty(), LoadWithConfigActuator.class);
  }

  @Test
  void changesAModelByTheFileThatAServerPollsAndBack() throws Exception {
    Path models = folder.resolve("repository/models");
    check(
        List.of("--model-control-mode=poll", "--repository-poll-secs=1"),
        Optional.of(models),
        ConfigFileActuator.class);
    assertThat(Files.readString(models.resolve(MODEL).resolve("config.pbtxt")))
        .contains("count: 2", "max_queue_delay_microseconds: 500");
  }

  private void check(
      List<String> options, Optional<Path> polled, Class<? extends Actuator> expected) {
    StockInstallation installation = StockInstallation.require();
    StockRepository repository =
        StockRepository.in(folder.resolve("repository"), installation).targets(List.of(MODEL));
    Path log = Path.of("target", "stock-server-actuate.log").toAbsolutePath();
    try (StockServer server = StockServer.start(installation, repository, log, options);
        OipClient client = OipClient.to("127.0.0.1", port(server))) {
      ModelServer reached = new RemoteModelServer(client);
      Actuator actuator = TritonActuators.of(reached, polled, Patience.ofAMinute());
      assertThat(actuator).isInstanceOf(expected);

      ModelSetting before = actuator.current(MODEL).orElseThrow();
      assertThat(before.instances()).isEqualTo(2);
      ModelSetting wanted =
          ModelSetting.of(MODEL, 1).withMaxBatch(8).withQueueDelay(Duration.ofMillis(2));
      assertThat(actuator.apply(wanted)).isInstanceOf(Applied.class);
      assertThat(wanted.isMetBy(actuator.current(MODEL).orElseThrow())).isTrue();

      assertThat(actuator.apply(before)).isInstanceOf(Applied.class);
      assertThat(actuator.current(MODEL)).contains(before);
      assertThat(client.isReady(MODEL)).isTrue();
    }
  }

  private static int port(StockServer server) {
    String address = server.grpc();
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }
}
