package io.waip.cli.bench.front;

import io.waip.cli.bench.load.LoadFigures;
import io.waip.cli.demo.Machine;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the bench in their order, on a server that runs. */
final class FrontBench {
  private static final Duration PLANNER_START = Duration.ofSeconds(90);

  /** Low load: one call every 8 ms, one at a time. */
  private static final Duration PACE = Duration.ofMillis(8);

  private static final double LOAD = 0.8;
  private static final Duration CALM_TIME = Duration.ofSeconds(15);

  /** A fault takes about 4 s with its recovery; a bound far above that. */
  private static final Duration BOUND_PER_FAULT = Duration.ofSeconds(60);

  private final Stage stage;
  private final StockServer server;
  private final ServerFolders folders;
  private final FrontOptions options;

  FrontBench(Stage stage, StockServer server, ServerFolders folders, FrontOptions options) {
    this.stage = stage;
    this.server = server;
    this.folders = folders;
    this.options = options;
  }

  /** Runs all parts. */
  FrontFigures run() throws IOException, InterruptedException {
    Machine machine = Machine.describe();
    if (!folders.isFronted()) {
      return runWithout(machine);
    }
    try (ControlFile control = ControlFile.of(server.pid())) {
      Patient patient = new Patient(server, control, folders);
      awaitPlanner(patient);
      AddedLatency planned = added("planned");
      CpuFigures cpu = new CpuRounds(stage, server, control).measure();
      show(cpu);
      control.bypass(true);
      AddedLatency passed = added("passed through");
      control.bypass(false);
      return runFaults(patient, planned, passed, cpu, machine);
    }
  }

  /** Without a front there is nothing to hurt; the latencies and processor times have to agree. */
  private FrontFigures runWithout(Machine machine) throws IOException, InterruptedException {
    AddedLatency added = added("no front");
    CpuFigures cpu = new CpuRounds(stage, server, null).measure();
    show(cpu);
    Capacity capacity = Capacity.measure(stage, server);
    List<String> missed = FrontBars.missed(added, null, List.of());
    return figures(
        new Quiet(added, added, cpu, capacity, machine), new Faults(null, null, List.of()), missed);
  }

  private void awaitPlanner(Patient patient) throws InterruptedException {
    stage.update("planner", "waiting for it");
    if (!stage.await(patient.control()::isReady, PLANNER_START)) {
      throw new UserError(
          "the planner was not ready within %d s, last loss reason %d"
              .formatted(PLANNER_START.toSeconds(), patient.control().lostReason()),
          "",
          "",
          "run the server by hand with the same backend and read its log");
    }
    stage.done("planner", "ready");
  }

  private AddedLatency added(String what) throws IOException, InterruptedException {
    String step = "latency";
    Duration bound = PACE.multipliedBy(4L * options.pairs()).plusSeconds(30);
    try (LoadProcess load =
        LoadProcess.start(
            stage,
            server.grpcPort(),
            bound,
            "--model=" + ServerFolders.ECHO,
            "--model=" + ServerFolders.FRONT + ServerFolders.ECHO,
            "--pairs=" + options.pairs(),
            "--pace=" + PACE.toMillis() + "ms")) {
      LoadRun run = load.result(stage, step);
      requireClean(run.figures(), what);
      AddedLatency added = AddedLatency.of(run.log(), stage.seed());
      stage.done(
          step,
          "%s: added %.3f ms [%.3f, %.3f], direct p50 %.3f, front p50 %.3f ms, %d pairs"
              .formatted(
                  what,
                  added.addedP50Ms(),
                  added.addedP50MsLow(),
                  added.addedP50MsHigh(),
                  added.directP50Ms(),
                  added.frontP50Ms(),
                  added.pairs()));
      return added;
    }
  }

  /** Nobody is hurt here, so nothing may go wrong. */
  private static void requireClean(LoadFigures figures, String what) {
    if (figures.ok() != figures.sent() || figures.duplicated() > 0) {
      throw new UserError(
          "without any fault (%s) %d of %d requests were not answered rightly: %s"
              .formatted(
                  what, figures.sent() - figures.ok(), figures.sent(), figures.errorGroups()),
          "",
          "",
          "this is a defect of the front or of its target");
    }
  }

  private void show(CpuFigures cpu) {
    stage.done(
        "processor",
        "per request: direct %.0f us, front %.0f us and planner %.0f us"
            .formatted(
                cpu.cpuUsPerRequestDirect(),
                cpu.cpuUsPerRequestFront(),
                cpu.cpuUsPerRequestPlanner()));
  }

  private FrontFigures runFaults(
      Patient patient, AddedLatency planned, AddedLatency passed, CpuFigures cpu, Machine machine)
      throws IOException, InterruptedException {
    Capacity capacity = Capacity.measure(stage, server);
    Faults faults = faults(patient, capacity);
    List<String> missed = FrontBars.missed(planned, faults.campaign(), faults.figures());
    return figures(new Quiet(planned, passed, cpu, capacity, machine), faults, missed);
  }

  private Faults faults(Patient patient, Capacity capacity)
      throws IOException, InterruptedException {
    if (options.repetitions() == 0) {
      return new Faults(null, null, List.of());
    }
    double rate = LOAD * capacity.smaller();
    LoadRun calmRun = calm(patient, rate);
    Calm calm = Calm.of(calmRun.log());
    MemoryHogPlant.arm(patient.runtime());
    patient.signalPlanner("KILL");
    Duration bound = BOUND_PER_FAULT.multipliedBy(options.repetitions() + 1L);
    try (LoadProcess load = open(rate, bound)) {
      Campaign campaign = new Campaign(stage, patient);
      if (campaign.awaitPlanned() == 0) {
        throw new UserError("the planner did not come back before the first fault", "", "", "");
      }
      List<FaultRun> runs = campaign.run(options.repetitions(), load);
      load.stop();
      LoadRun run = load.result(stage, "faults");
      List<FaultFigures> figures = FaultFigures.of(runs, run.log(), calm);
      figures.forEach(this::show);
      return new Faults(calmRun.figures(), run.figures(), figures);
    }
  }

  private LoadRun calm(Patient patient, double rate) throws IOException, InterruptedException {
    patient.control().bypass(true);
    try (LoadProcess load = open(rate, CALM_TIME)) {
      LoadRun run = load.result(stage, "calm");
      requireClean(run.figures(), "calm");
      stage.done(
          "calm",
          "%.0f/s passed through: p50 %.1f, p99 %.1f ms"
              .formatted(rate, run.figures().latencyP50Ms(), run.figures().latencyP99Ms()));
      return run;
    } finally {
      patient.control().bypass(false);
    }
  }

  private LoadProcess open(double rate, Duration bound) throws IOException {
    return LoadProcess.start(
        stage,
        server.grpcPort(),
        bound,
        "--model=" + ServerFolders.FRONT + ServerFolders.WORK,
        "--rate=" + rate);
  }

  private void show(FaultFigures fault) {
    stage.done(
        fault.name(),
        "%d runs: lost %d, errors %d, answers paused %.0f ms at most, back in %.0f ms (p50 %.0f)"
            .formatted(
                fault.runs(),
                fault.lost(),
                fault.errors() + fault.wrong(),
                fault.stockMs(),
                fault.recoveryMs(),
                fault.recoveryP50Ms()));
  }

  private FrontFigures figures(Quiet quiet, Faults faults, List<String> missed)
      throws IOException, InterruptedException {
    return new FrontFigures(
        server.version(),
        quiet.added(),
        quiet.passed(),
        quiet.cpu(),
        quiet.capacity().directRps(),
        quiet.capacity().frontRps(),
        LOAD * quiet.capacity().smaller(),
        faults.calm(),
        faults.campaign(),
        faults.figures(),
        new RingHops(stage).measure(),
        quiet.machine(),
        missed);
  }

  /** What was measured before any fault. */
  private record Quiet(
      AddedLatency added,
      AddedLatency passed,
      CpuFigures cpu,
      Capacity capacity,
      Machine machine) {}

  /** What came of the faults. */
  private record Faults(
      @Nullable LoadFigures calm, @Nullable LoadFigures campaign, List<FaultFigures> figures) {}
}
