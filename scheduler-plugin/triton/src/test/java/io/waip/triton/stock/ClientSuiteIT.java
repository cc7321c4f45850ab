package io.waip.triton.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client's cases themselves, with no front in the server: they hold for a target alone, and see
 * a fault.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientSuiteIT {
  private static final String NO_FRONT = "";

  @TempDir private static Path folder;

  private @Nullable StockServer server;
  private @Nullable ClientSuite suite;

  /** Started by the first test that needs it: where it cannot be, each test says why. */
  private ClientSuite suite() {
    if (suite != null) {
      return suite;
    }
    StockInstallation installation = StockInstallation.require();
    StockRepository repository = StockModels.addTargets(StockRepository.in(folder, installation));
    Path target = Path.of("target", "without-front").toAbsolutePath();
    assertThat(target.toFile().mkdirs() || target.toFile().isDirectory()).isTrue();
    server =
        StockServer.start(installation, repository, target.resolve("stock-server.log"), List.of());
    suite = new ClientSuite(installation, server, target);
    return suite;
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> holdsForATargetAgainstItself() {
    return suite().tests("faults", "--front-prefix", NO_FRONT);
  }

  @Test
  void passesEveryCallOfATargetAgainstItself() {
    assertThat(suite().run("alone", "--front-prefix", NO_FRONT))
        .hasSizeGreaterThan(300)
        .allSatisfy(each ->
            assertThat(each.status()).as(each.name() + ": " + each.message()).isEqualTo("passed"));
  }

  @Test
  void seesOneFlippedBitWithEachClient() {
    List<ClientSuite.Result> results =
        suite().run("alone", "--only", "mixer of", "--front-prefix", "flipped_");

    assertThat(results)
        .hasSize(27)
        .allSatisfy(each -> assertThat(each.message()).startsWith("front of mixer"));
  }

  @Test
  void seesOneFlippedBitAmongCallsMadeAtOnce() {
    List<ClientSuite.Result> results =
        suite()
            .run(
                "together", "--only", "each its own answer, mixer, ", "--front-prefix", "flipped_");

    assertThat(results)
        .hasSize(9)
        .allSatisfy(each -> assertThat(each.message()).startsWith("SUM differs by"));
  }
}
