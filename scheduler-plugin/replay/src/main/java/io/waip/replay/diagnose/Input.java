package io.waip.replay.diagnose;

/** Something a diagnosis is made from. Each cause says what it needs. */
public enum Input {
  /** Counters of the server. */
  STATISTICS("--stats with executions of the model"),
  /** How long the counters grew. */
  WINDOW("--stats twice under load, or --window"),
  /** Counters of an early and a late part of the time. */
  PHASES("--stats three times: after the load of the model, soon after, later"),
  /** The model's configuration. */
  CONFIGURATION("--model-config of the model"),
  /** Use of device and memory. */
  METRICS("--metrics"),
  /** The latency objective. */
  OBJECTIVE("--config with a service that has the model as a variant"),
  /** Processor cores of the server. */
  CORES("--cores"),
  /** Decision records. */
  RECORDS("--records");

  private final String how;

  Input(String how) {
    this.how = how;
  }

  /** Returns how a user gives it. */
  public String how() {
    return how;
  }
}
