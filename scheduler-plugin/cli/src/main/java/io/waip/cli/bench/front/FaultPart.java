package io.waip.cli.bench.front;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults under load, with the calm load before them that they are compared to. */
final class FaultPart {
  /** Of the capacity. */
  static final double LOAD = 0.8;

  private static final String STEP = "faults";
  private static final Duration CALM_TIME = Duration.ofSeconds(15);

  /** A fault takes about 4 s with its recovery; a bound far above that. */
  private static final Duration BOUND_PER_FAULT = Duration.ofSeconds(60);

  private final Stage stage;
  private final Patient patient;
  private final double rate;

  /**
   * Prepares the part.
   *
   * @param capacityRps of which the load is {@link #LOAD}
   */
  FaultPart(Stage stage, Patient patient, double capacityRps) {
    this.stage = stage;
    this.patient = patient;
    rate = LOAD * capacityRps;
  }

  /** Does so many faults. */
  FaultResult run(int repetitions) throws IOException, InterruptedException {
    LoadRun calmRun = calm();
    // From the next start of the planner on, it can be made to run out of memory.
    MemoryHogPlant.arm(patient.runtime());
    patient.signalPlanner("KILL");
    try (LoadProcess load = open(BOUND_PER_FAULT.multipliedBy(repetitions + 1L))) {
      Campaign campaign = new Campaign(stage, patient);
      if (campaign.awaitPlanned() == 0) {
        throw new UserError("the planner did not come back before the first fault", "", "", "");
      }
      List<FaultRun> runs = campaign.run(repetitions, load);
      load.stop();
      write(runs);
      LoadRun run = load.result(stage, STEP);
      List<FaultFigures> figures = FaultFigures.of(runs, run.log(), Calm.of(calmRun.log()));
      figures.forEach(this::show);
      return new FaultResult(calmRun.figures(), run.figures(), figures);
    }
  }

  /** For whoever keeps the folder: when each fault was, on the clock of the loads' logs. */
  private void write(List<FaultRun> runs) throws IOException {
    List<String> lines = new ArrayList<>(List.of("fault,at_ns,healed_ns,back_ns,effective"));
    for (FaultRun run : runs) {
      lines.add(
          "%s,%d,%d,%d,%b"
              .formatted(
                  run.fault().key(),
                  run.atNanos(),
                  run.healedNanos(),
                  run.backNanos(),
                  run.effective()));
    }
    Files.write(stage.work().resolve("faults.csv"), lines);
  }

  private LoadRun calm() throws IOException, InterruptedException {
    patient.control().bypass(true);
    try (LoadProcess load = open(CALM_TIME)) {
      LoadRun run = load.result(stage, "calm");
      Loads.requireClean(run.figures(), "calm");
      stage.done(
          "calm",
          "%.0f/s passed through: p50 %.1f, p99 %.1f ms"
              .formatted(rate, run.figures().latencyP50Ms(), run.figures().latencyP99Ms()));
      return run;
    } finally {
      patient.control().bypass(false);
    }
  }

  private LoadProcess open(Duration bound) throws IOException {
    return LoadProcess.start(
        stage,
        patient.server().grpcPort(),
        bound,
        "--model=" + ServerFolders.FRONT + ServerFolders.WORK,
        "--warm-up=50",
        "--rate=" + rate);
  }

  private void show(FaultFigures fault) {
    stage.done(
        fault.name(),
        ("%d runs: lost %d, errors %d, answers paused %.0f ms at most, usual in %.0f ms (p50), back in"
                + " %.0f ms (p50 %.0f)")
            .formatted(
                fault.runs(),
                fault.lost(),
                fault.errors() + fault.wrong(),
                fault.stockMs(),
                fault.usualP50Ms(),
                fault.recoveryMs(),
                fault.recoveryP50Ms()));
  }
}
