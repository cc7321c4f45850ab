package io.waip.cli.bench.front;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Faults in random order at random times, one after the other, each once the planner serves again.
 * The load runs beside it in its own process.
 */
final class Campaign {
  /** Longest wait for the planner: several starts with the pauses between them. */
  private static final Duration BACK_TIMEOUT = Duration.ofSeconds(60);

  /** A bypass is to be noticed within a second; twice that is waited. */
  private static final Duration BYPASS_TIMEOUT = Duration.ofSeconds(2);

  private static final int MIN_DWELL_MILLIS = 300;
  private static final int MAX_DWELL_MILLIS = 1500;

  private final Stage stage;
  private final Patient patient;
  private final Random random;

  Campaign(Stage stage, Patient patient) {
    this.stage = stage;
    this.patient = patient;
    random = new Random(stage.seed());
  }

  /** The faults in the order they are done: each equally often, give or take one, shuffled. */
  static List<Fault> order(int repetitions, Random random) {
    List<Fault> order = new ArrayList<>();
    while (order.size() < repetitions) {
      List<Fault> round = new ArrayList<>(List.of(Fault.values()));
      Collections.shuffle(round, random);
      order.addAll(round.subList(0, Math.min(round.size(), repetitions - order.size())));
    }
    return order;
  }

  /**
   * Does all faults.
   *
   * @return the runs done; fewer than asked when the planner did not come back from one
   */
  List<FaultRun> run(int repetitions, LoadProcess load) throws IOException, InterruptedException {
    List<FaultRun> runs = new ArrayList<>();
    List<Fault> order = order(repetitions, random);
    for (Fault fault : order) {
      if (!load.isAlive() || !patient.server().isAlive()) {
        throw new IOException(
            (load.isAlive() ? "the server" : "the load generator") + " ended during the faults");
      }
      stage.update(
          "faults",
          "%d of %d, %s; %s".formatted(runs.size() + 1, order.size(), fault.key(), load.line()));
      stage.sleep(Duration.ofMillis(random.nextInt(MIN_DWELL_MILLIS, MAX_DWELL_MILLIS)));
      FaultRun run = run(fault);
      runs.add(run);
      if (!run.isRecovered()) {
        break;
      }
    }
    return runs;
  }

  private FaultRun run(Fault fault) throws IOException, InterruptedException {
    ControlFile control = patient.control();
    long losses = control.losses();
    long forwarded = control.counter(ControlFile.COUNTER_FORWARDED_BYPASS);
    long at = System.nanoTime();
    long planner = control.plannerPid();
    boolean effective;
    try {
      planner = fault.inject(patient, stage);
      effective =
          fault.losses() > 0
              ? stage.await(() -> control.losses() >= losses + fault.losses(), Fault.TAKES_EFFECT)
              : stage.await(
                  () -> control.counter(ControlFile.COUNTER_FORWARDED_BYPASS) > forwarded,
                  BYPASS_TIMEOUT);
      long held = System.nanoTime() - at;
      if (held < fault.hold().toNanos()) {
        stage.sleep(fault.hold().minusNanos(held));
      }
    } finally {
      fault.heal(patient, planner);
    }
    long healed = fault.hold().isZero() ? at : System.nanoTime();
    return new FaultRun(fault, at, healed, awaitPlanned(), effective);
  }

  /** When the planner was given requests again; 0 when it was not in time. */
  long awaitPlanned() throws InterruptedException {
    ControlFile control = patient.control();
    if (!stage.await(control::isReady, BACK_TIMEOUT)) {
      return 0;
    }
    long planned = control.counter(ControlFile.COUNTER_PLANNED);
    boolean back =
        stage.await(() -> control.counter(ControlFile.COUNTER_PLANNED) > planned, BACK_TIMEOUT);
    return back ? System.nanoTime() : 0;
  }
}
