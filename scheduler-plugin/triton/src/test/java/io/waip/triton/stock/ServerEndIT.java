package io.waip.triton.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of a stock server with front models: told to, with calls in flight, and killed. */
class ServerEndIT {
  @TempDir private Path folder;

  @Test
  void answersTheCallsInFlightAndExitsWithZeroAfterSigterm() {
    try (StockServer server = start("sigterm")) {
      List<ClientSuite.Result> results =
          new ClientSuite(StockInstallation.require(), server, folder).run("shutdown");

      assertThat(results).hasSize(1).allSatisfy(ClientSuite.Result::report);
      assertThat(server.awaitExit()).isZero();
      assertThat(server.descendants()).isEmpty();
    }
  }

  @Test
  void exitsWithZeroAfterSigtermWhenIdle() {
    try (StockServer server = start("sigterm-idle")) {
      assertThat(server.terminate()).isZero();
      assertThat(Path.of("/dev/shm/waip-" + server.pid())).doesNotExist();
    }
  }

  private StockServer start(String name) {
    StockInstallation installation = StockInstallation.require();
    StockRepository repository =
        StockRepository.in(folder.resolve(name), installation)
            .withFrontBackend()
            .targets(List.of("hanging", "mixer"))
            .front("front_hanging", "hanging", Map.of())
            .front("front_mixer", "mixer", Map.of());
    Path log = Path.of("target", "stock-server-" + name + ".log").toAbsolutePath();
    return StockServer.start(installation, repository, log, List.of());
  }
}
