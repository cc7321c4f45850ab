package io.waip.cli.bench.front;

import java.io.IOException;
import java.time.Duration;

/**
 * Ways to hurt the planner of a running server. {@code inject} does it, {@code hold} passes, {@code
 * heal} takes away what would keep the front from coming back.
 */
enum Fault {
  /** SIGKILL. */
  PLANNER_KILLED(Duration.ZERO) {
    @Override
    long inject(Patient patient, Stage stage) throws IOException, InterruptedException {
      return patient.signalPlanner("KILL");
    }
  },

  /** SIGSTOP; continued after the front gave it up, when it must find nothing to write to. */
  PLANNER_STOPPED(Duration.ofMillis(1500)) {
    @Override
    long inject(Patient patient, Stage stage) throws IOException, InterruptedException {
      return patient.signalPlanner("STOP");
    }

    @Override
    void heal(Patient patient, long planner) throws IOException, InterruptedException {
      // Gone when the front killed it on giving it up.
      if (patient.isPlanner(planner)) {
        patient.signal("CONT", planner);
      }
    }
  },

  /** Its heap filled until the JVM gives up. */
  PLANNER_OUT_OF_MEMORY(Duration.ZERO) {
    @Override
    long inject(Patient patient, Stage stage) throws IOException, InterruptedException {
      long losses = patient.control().losses();
      long planner = patient.control().plannerPid();
      MemoryHogPlant.fill(patient.runtime());
      stage.await(() -> patient.control().losses() > losses, TAKES_EFFECT);
      return planner;
    }

    @Override
    void heal(Patient patient, long planner) throws IOException {
      MemoryHogPlant.stopFilling(patient.runtime());
    }
  },

  /** The next planner finds a mapping of another layout version. */
  RING_WRONG_ABI(Duration.ZERO) {
    @Override
    long inject(Patient patient, Stage stage) throws IOException, InterruptedException {
      long epoch = patient.control().epoch();
      long losses = patient.control().losses();
      long planner = patient.signalPlanner("KILL");
      boolean fresh = stage.await(() -> patient.control().epoch() > epoch, TAKES_EFFECT);
      if (!fresh) {
        throw new IOException("the server made no new mapping");
      }
      patient.control().writeMappingVersion(WRONG_VERSION);
      // The kill is one loss, the version the second.
      stage.await(() -> patient.control().losses() > losses + 1, TAKES_EFFECT);
      return planner;
    }

    @Override
    int losses() {
      return 2;
    }
  },

  /** Its program renamed away, then SIGKILL; renamed back later. */
  PLANNER_BINARY_REMOVED(Duration.ofMillis(1500)) {
    @Override
    long inject(Patient patient, Stage stage) throws IOException, InterruptedException {
      patient.removePlannerProgram();
      return patient.signalPlanner("KILL");
    }

    @Override
    void heal(Patient patient, long planner) throws IOException {
      patient.restorePlannerProgram();
    }
  },

  /** The operator's byte set, later cleared. */
  BYPASS_FLIPPED(Duration.ofMillis(1200)) {
    @Override
    long inject(Patient patient, Stage stage) throws IOException {
      patient.control().bypass(true);
      return patient.control().plannerPid();
    }

    @Override
    void heal(Patient patient, long planner) throws IOException {
      patient.control().bypass(false);
    }

    @Override
    int losses() {
      return 0;
    }
  };

  /** Longest time until the front has noticed. */
  static final Duration TAKES_EFFECT = Duration.ofSeconds(20);

  private static final int WRONG_VERSION = 99;

  private final Duration hold;

  Fault(Duration hold) {
    this.hold = hold;
  }

  /**
   * Does the harm; returns once it is done.
   *
   * @return process id of the planner it was done to
   */
  abstract long inject(Patient patient, Stage stage) throws IOException, InterruptedException;

  /** Ends the harm done to a planner. */
  void heal(Patient patient, long planner) throws IOException, InterruptedException {}

  /** How long the harm lasts at least. */
  Duration hold() {
    return hold;
  }

  /** Planners the front has to give up for it, at least. */
  int losses() {
    return 1;
  }

  /** Its name in the figures. */
  String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
