package io.waip.cli.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.triton.stock.ClientSuite;
import io.waip.triton.stock.OutsideFiles;
import io.waip.triton.stock.StockInstallation;
import io.waip.triton.stock.StockModels;
import io.waip.triton.stock.StockRepository;
import io.waip.triton.stock.StockServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * The packaged backend folder in a stock server: front models whose requests the planner's process
 * batches.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockPlannedIT {
  private static final String READY = "planner: ready in epoch 1";

  @TempDir private static Path folder;

  private @Nullable StockServer server;
  private @Nullable ClientSuite suite;

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
  Stream<DynamicTest> sharesBatches() {
    return suite().tests("batches");
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
  void answersEveryCallAndExitsWithZeroAfterSigterm() {
    try (StockServer ending = start("planned-sigterm")) {
      List<ProcessHandle> started = ending.descendants();

      List<ClientSuite.Result> results =
          new ClientSuite(StockInstallation.require(), ending, target()).run("shutdown");

      assertThat(results).hasSize(1).allSatisfy(ClientSuite.Result::report);
      assertThat(ending.awaitExit()).isZero();
      assertThat(started).noneMatch(ProcessHandle::isAlive);
      assertThat(Path.of("/dev/shm/waip-" + ending.pid())).doesNotExist();
    }
  }

  @Test
  void endsThePlannerWhenTheServerIsKilled() throws Exception {
    try (StockServer killed = start("planned-sigkill")) {
      ProcessHandle planner = planner(killed);

      killed.kill();

      planner.onExit().get(10, TimeUnit.SECONDS);
      assertThat(planner.isAlive()).isFalse();
    }
  }

  private static ProcessHandle planner(StockServer server) {
    List<ProcessHandle> planners =
        server.descendants().stream()
            .filter(each -> each.info().command().orElse("").endsWith("runtime/jre/bin/java"))
            .toList();
    assertThat(planners).hasSize(1);
    return planners.getFirst();
  }

  private ClientSuite suite() {
    if (suite == null) {
      server = start("planned");
      suite = new ClientSuite(StockInstallation.require(), server, target());
    }
    return suite;
  }

  private static StockServer start(String name) {
    Path packaged = target().resolve("triton/waip");
    if (!Files.isDirectory(packaged)) {
      throw new TestAbortedException(packaged + " is missing: package it with -Poutside or -Pdist");
    }
    StockInstallation installation = StockInstallation.require();
    StockRepository repository =
        StockRepository.in(folder.resolve(name), installation).withFrontBackend(packaged);
    StockModels.addTargets(repository);
    String config = OutsideFiles.folder().resolve("planner.yaml").toString();
    StockModels.addFronts(repository, Map.of("planner_config", config));
    Path log = target().resolve("stock-server-" + name + ".log");
    StockServer server = StockServer.start(installation, repository, log, List.of());
    server.awaitPrinted(READY);
    return server;
  }

  private static Path target() {
    return Path.of("target").toAbsolutePath();
  }
}
