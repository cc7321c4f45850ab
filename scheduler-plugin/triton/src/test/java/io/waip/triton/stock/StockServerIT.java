package io.waip.triton.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Front models without a planner in a stock server: what goes through them comes back as from the
 * target.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockServerIT {
  @TempDir private static Path folder;

  private @Nullable StockServer server;
  private @Nullable ClientSuite suite;

  /** Started by the first test that needs it: where it cannot be, each test says why. */
  private ClientSuite suite() {
    if (suite != null) {
      return suite;
    }
    StockInstallation installation = StockInstallation.require();
    StockRepository repository = StockRepository.in(folder, installation).withFrontBackend();
    StockModels.addTargets(repository);
    StockModels.addFronts(repository, Map.of());
    Path target = Path.of("target").toAbsolutePath();
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
  Stream<DynamicTest> answersAsTheTargetOneByOne() {
    return suite().tests("alone");
  }

  @TestFactory
  Stream<DynamicTest> failsAsTheTarget() {
    return suite().tests("errors");
  }

  @TestFactory
  Stream<DynamicTest> givesEachCallItsOwnAnswer() {
    return suite().tests("together");
  }

  @TestFactory
  Stream<DynamicTest> keepsATargetsFaultsToItself() {
    return suite().tests("faults");
  }

  @TestFactory
  Stream<DynamicTest> loadsAndUnloads() {
    return suite().tests("control");
  }

  @Test
  void catchesAFrontOfTheWrongTarget() {
    List<ClientSuite.Result> results =
        suite().run("alone", "--only", "mixer of", "--front-prefix", "wrong_");

    assertThat(results)
        .filteredOn(each -> !each.name().startsWith("metadata"))
        .hasSizeGreaterThan(20)
        .allSatisfy(each -> assertThat(each.message()).startsWith("front of mixer"));
  }
}
