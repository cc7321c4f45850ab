package io.waip.cli.bench.front;

import java.io.IOException;
import java.time.Duration;

/**
 * Requests per second answered with more under way than a batch holds.
 *
 * @param directRps of the target itself
 * @param frontRps of its front with the planner engaged
 */
record Capacity(double directRps, double frontRps) {
  /** Four full batches: one runs, the others wait for it. */
  private static final int CONCURRENCY = 32;

  private static final Duration TIME = Duration.ofSeconds(6);

  static Capacity measure(Stage stage, StockServer server)
      throws IOException, InterruptedException {
    Capacity capacity =
        new Capacity(
            saturate(stage, server, ServerFolders.WORK),
            saturate(stage, server, ServerFolders.FRONT + ServerFolders.WORK));
    stage.done(
        "capacity", "direct %.0f/s, front %.0f/s".formatted(capacity.directRps, capacity.frontRps));
    return capacity;
  }

  private static double saturate(Stage stage, StockServer server, String model)
      throws IOException, InterruptedException {
    try (LoadProcess load =
        LoadProcess.start(
            stage,
            server.grpcPort(),
            TIME,
            "--model=" + model,
            "--warm-up=30",
            "--concurrency=" + CONCURRENCY)) {
      return load.result(stage, "capacity").figures().answeredPerSecond();
    }
  }

  double smaller() {
    return Math.min(directRps, frontRps);
  }
}
