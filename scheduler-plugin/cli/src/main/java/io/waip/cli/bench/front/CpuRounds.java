package io.waip.cli.bench.front;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Processor time per request: rounds of the same load in the order direct, front, front, direct.
 * The target runs in processes of its own, whose time is in neither.
 */
final class CpuRounds {
  private static final String[] ORDER = {
    ServerFolders.ECHO,
    ServerFolders.FRONT + ServerFolders.ECHO,
    ServerFolders.FRONT + ServerFolders.ECHO,
    ServerFolders.ECHO
  };
  private static final double RATE = 200;

  /** A tick of 10 ms is then a hundredth of what a thousand requests cost, or less. */
  private static final Duration TIME = Duration.ofSeconds(8);

  private final Stage stage;
  private final StockServer server;
  private final @Nullable ControlFile control;

  CpuRounds(Stage stage, StockServer server, @Nullable ControlFile control) {
    this.stage = stage;
    this.server = server;
    this.control = control;
  }

  CpuFigures measure() throws IOException, InterruptedException {
    double[] serverMicros = new double[2];
    double[] plannerMicros = new double[2];
    long[] requests = new long[2];
    for (String model : ORDER) {
      int arm = model.equals(ServerFolders.ECHO) ? 0 : 1;
      double serverBefore = CpuClock.micros(server.pid());
      double plannerBefore = planner();
      requests[arm] += round(model);
      serverMicros[arm] += CpuClock.micros(server.pid()) - serverBefore;
      plannerMicros[arm] += planner() - plannerBefore;
    }
    return new CpuFigures(
        serverMicros[0] / requests[0],
        serverMicros[1] / requests[1],
        plannerMicros[1] / requests[1]);
  }

  private double planner() throws IOException {
    return control == null ? 0 : CpuClock.micros(control.plannerPid());
  }

  private long round(String model) throws IOException, InterruptedException {
    try (LoadProcess load =
        LoadProcess.start(stage, server.grpcPort(), TIME, "--model=" + model, "--rate=" + RATE)) {
      return load.result(stage, "processor").figures().sent();
    }
  }
}
