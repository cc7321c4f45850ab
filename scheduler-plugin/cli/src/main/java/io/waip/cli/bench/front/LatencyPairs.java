package io.waip.cli.bench.front;

import java.io.IOException;
import java.time.Duration;

/** Pairs of calls to the target and to its front at low load. */
final class LatencyPairs {
  private static final String STEP = "latency";

  /** Low load: one call every 8 ms, one at a time. */
  private static final Duration PACE = Duration.ofMillis(8);

  /** Start, warm-up and the calls of a slow machine. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final Stage stage;
  private final StockServer server;
  private final int pairs;

  LatencyPairs(Stage stage, StockServer server, int pairs) {
    this.stage = stage;
    this.server = server;
    this.pairs = pairs;
  }

  /**
   * Measures.
   *
   * @param what the state of the front, for the progress
   */
  AddedLatency measure(String what) throws IOException, InterruptedException {
    Duration bound = PACE.multipliedBy(4L * pairs).plus(SLACK);
    try (LoadProcess load =
        LoadProcess.start(
            stage,
            server.grpcPort(),
            bound,
            "--model=" + ServerFolders.ECHO,
            "--model=" + ServerFolders.FRONT + ServerFolders.ECHO,
            "--pairs=" + pairs,
            "--pace=" + PACE.toMillis() + "ms")) {
      LoadRun run = load.result(stage, STEP);
      Loads.requireClean(run.figures(), what);
      AddedLatency added = AddedLatency.of(run.log(), stage.seed());
      show(what, added);
      return added;
    }
  }

  private void show(String what, AddedLatency added) {
    stage.done(
        STEP,
        "%s: added %.3f ms [%.3f, %.3f], direct p50 %.3f, front p50 %.3f ms, %d pairs"
            .formatted(
                what,
                added.addedP50Ms(),
                added.addedP50MsLow(),
                added.addedP50MsHigh(),
                added.directP50Ms(),
                added.frontP50Ms(),
                added.pairs()));
  }
}
