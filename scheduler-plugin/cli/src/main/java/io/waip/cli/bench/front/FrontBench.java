package io.waip.cli.bench.front;

import io.waip.cli.demo.Machine;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the bench in their order, on a server that runs. */
final class FrontBench {
  private static final Duration PLANNER_START = Duration.ofSeconds(90);

  private final Stage stage;
  private final StockServer server;
  private final ServerFolders folders;
  private final FrontOptions options;
  private final LatencyPairs pairs;

  FrontBench(Stage stage, StockServer server, ServerFolders folders, FrontOptions options) {
    this.stage = stage;
    this.server = server;
    this.folders = folders;
    this.options = options;
    pairs = new LatencyPairs(stage, server, options.pairs());
  }

  /** Runs all parts. */
  FrontFigures run() throws IOException, InterruptedException {
    Machine machine = Machine.describe();
    if (!folders.isFronted()) {
      return figures(costsWithout(), FaultResult.NONE, machine);
    }
    try (ControlFile control = ControlFile.of(server.pid())) {
      awaitPlanner(control);
      Costs costs = costs(control);
      Patient patient = new Patient(server, control, folders);
      FaultResult faults =
          options.repetitions() == 0
              ? FaultResult.NONE
              : new FaultPart(stage, patient, costs.capacity().smaller())
                  .run(options.repetitions());
      return figures(costs, faults, machine);
    }
  }

  private void awaitPlanner(ControlFile control) throws InterruptedException {
    stage.update("planner", "waiting for it");
    if (!stage.await(control::isReady, PLANNER_START)) {
      throw new UserError(
          "the planner was not ready within %d s, last loss reason %d"
              .formatted(PLANNER_START.toSeconds(), control.lostReason()),
          "",
          "",
          "run the server by hand with the same backend and read its log");
    }
    stage.done("planner", "ready");
  }

  private Costs costs(ControlFile control) throws IOException, InterruptedException {
    AddedLatency planned = pairs.measure("planned");
    CpuFigures cpu = cpu(control);
    control.bypass(true);
    AddedLatency passedThrough = pairs.measure("passed through");
    control.bypass(false);
    return new Costs(planned, passedThrough, cpu, Capacity.measure(stage, server));
  }

  /** Without a front there is nothing to bypass or hurt; both arms have to agree. */
  private Costs costsWithout() throws IOException, InterruptedException {
    AddedLatency added = pairs.measure("no front");
    return new Costs(added, added, cpu(null), Capacity.measure(stage, server));
  }

  private CpuFigures cpu(@Nullable ControlFile control) throws IOException, InterruptedException {
    CpuFigures cpu = new CpuRounds(stage, server, control).measure();
    stage.done(
        "processor",
        "per request: direct %.0f us, front %.0f us and planner %.0f us"
            .formatted(
                cpu.cpuUsPerRequestDirect(),
                cpu.cpuUsPerRequestFront(),
                cpu.cpuUsPerRequestPlanner()));
    return cpu;
  }

  private FrontFigures figures(Costs costs, FaultResult faults, Machine machine)
      throws IOException, InterruptedException {
    List<RingHop> hops = new RingHops(stage).measure();
    return new FrontFigures(
        server.version(),
        costs.planned(),
        costs.passedThrough(),
        costs.cpu(),
        costs.capacity().directRps(),
        costs.capacity().frontRps(),
        FaultPart.LOAD * costs.capacity().smaller(),
        faults.calm(),
        faults.campaign(),
        faults.faults(),
        hops,
        machine,
        FrontBars.missed(costs.planned(), faults.campaign(), faults.faults()));
  }
}
