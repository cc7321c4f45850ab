package io.waip.replay.diagnose;

import static io.waip.replay.diagnose.Scenario.MODEL;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A fault in a simulated server, in variants of unlike load, sizes and seed.
 *
 * @param cause that has to be named
 * @param variant makes the server of a variant, 0 to 2
 */
record ServerPlant(Cause cause, IntFunction<Scenario> variant) {
  static final int VARIANTS = 3;

  private static final String BATCHING = "dynamic_batching";
  private static final String POLICY = BATCHING + ".default_queue_policy.";

  static final List<ServerPlant> ALL =
      List.of(
          new ServerPlant(Cause.SLOW_PREPROCESSING, ServerPlant::slowPreprocessing),
          new ServerPlant(Cause.INPUT_COPY, v -> copies(v, Physics.INPUT)),
          new ServerPlant(Cause.USELESS_CACHE, ServerPlant::uselessCache),
          new ServerPlant(Cause.NO_BATCHING, ServerPlant::noBatching),
          new ServerPlant(Cause.BATCH_CAP, ServerPlant::batchCap),
          new ServerPlant(Cause.PREFERRED_SIZE, ServerPlant::preferredSize),
          new ServerPlant(Cause.SHAPE_CUT, ServerPlant::shapeCut),
          new ServerPlant(Cause.PREFETCH_OVER_STRATEGY, ServerPlant::prefetchOverStrategy),
          new ServerPlant(Cause.BATCH_OVER_OBJECTIVE, ServerPlant::batchOverObjective),
          new ServerPlant(Cause.MEMORY_PRESSURE, ServerPlant::memoryPressure),
          new ServerPlant(Cause.PINNED_POOL, ServerPlant::pinnedPool),
          new ServerPlant(Cause.QUEUE_DELAY, ServerPlant::queueDelay),
          new ServerPlant(Cause.IGNORED_TIMEOUT, ServerPlant::ignoredTimeout),
          new ServerPlant(Cause.SHORT_TIMEOUT, ServerPlant::shortTimeout),
          new ServerPlant(Cause.IDLE_INSTANCES, ServerPlant::idleInstances),
          new ServerPlant(Cause.FEW_INSTANCES, ServerPlant::fewInstances),
          new ServerPlant(Cause.OVERLOAD, ServerPlant::overload),
          new ServerPlant(Cause.THREAD_OVERSUBSCRIPTION, ServerPlant::threads),
          new ServerPlant(Cause.COLD_MODEL, ServerPlant::coldModel),
          new ServerPlant(Cause.SLOW_POSTPROCESSING, ServerPlant::slowPostprocessing),
          new ServerPlant(Cause.OUTPUT_COPY, v -> copies(v, Physics.OUTPUT)));

  private static double pick(int v, double... values) {
    return values[v];
  }

  private static Scenario slowPreprocessing(int v) {
    double millis = pick(v, 3, 6, 2);
    return Scenario.encoder()
        .step(0, "tokenizer", millis)
        .load(pick(v, 0.9, 1.05, 1.2) * 1000 / millis, 11 + v);
  }

  private static Scenario slowPostprocessing(int v) {
    double millis = pick(v, 4, 2.5, 8);
    return Scenario.encoder()
        .step(1, "decoder", millis)
        .load(pick(v, 1.1, 0.92, 1.3) * 1000 / millis, 21 + v);
  }

  private static Scenario copies(int v, String which) {
    Scenario scenario = Scenario.encoder().load(pick(v, 300, 120, 500), 31 + v);
    scenario.physics(MODEL).with(which, pick(v, 0.8, 3, 0.6));
    return scenario;
  }

  private static Scenario uselessCache(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 80, 150, 250), 41 + v);
    scenario.settings(MODEL).with("response_cache.enable", "true");
    scenario.physics(MODEL).with(Physics.CACHE, pick(v, 5, 8, 4));
    scenario.physics(MODEL).with(Physics.HITS, pick(v, 0.01, 0.05, 0));
    return scenario;
  }

  private static Scenario noBatching(int v) {
    double alpha = pick(v, 4, 8, 2);
    Scenario scenario =
        Scenario.encoder().load(pick(v, 0.97, 1.1, 1.4) * 1000 / (alpha + 0.84), 51 + v);
    scenario.settings(MODEL).without(BATCHING);
    scenario.physics(MODEL).with(Physics.ALPHA, alpha);
    return scenario;
  }

  private static Scenario batchCap(int v) {
    int cap = (int) pick(v, 4, 2, 8);
    double alpha = pick(v, 4, 6, 12);
    Scenario scenario =
        Scenario.encoder()
            .load(pick(v, 1.05, 1.2, 1.02) * 1000 * cap / (alpha + 0.84 * cap), 61 + v);
    scenario.settings(MODEL).with("max_batch_size", cap);
    scenario.physics(MODEL).with(Physics.ALPHA, alpha);
    return scenario;
  }

  private static Scenario preferredSize(int v) {
    int size = (int) pick(v, 4, 2, 8);
    double alpha = pick(v, 4, 6, 12);
    Scenario scenario =
        Scenario.encoder()
            .load(pick(v, 1.05, 1.2, 1.02) * 1000 * size / (alpha + 0.84 * size), 71 + v);
    scenario
        .settings(MODEL)
        .with(BATCHING + ".preferred_batch_size", "[ " + size + " ]")
        .with("max_batch_size", (int) pick(v, 32, 64, 32));
    scenario.physics(MODEL).with(Physics.ALPHA, alpha);
    return scenario.slo(200);
  }

  private static Scenario shapeCut(int v) {
    Scenario scenario =
        Scenario.encoder()
            .lengths(8, 31, 90, 12, 55, 17, 23, 101, 44, 9, 66, 73, 15, 28, 39, 120, 50)
            .load(pick(v, 230, 320, 450), 81 + v);
    scenario.settings(MODEL).with("input.x.dims", "[ -1 ]");
    return scenario;
  }

  private static Scenario prefetchOverStrategy(int v) {
    double knee = pick(v, 8, 4, 12);
    double full = 4 + 0.84 * knee;
    Scenario scenario =
        Scenario.encoder().load(pick(v, 0.85, 0.9, 0.88) * 1000 * knee / full, 91 + v).slo(200);
    scenario.settings(MODEL).with("parameters.TRITON_BATCH_STRATEGY_PATH", "/models/volume.so");
    scenario
        .physics(MODEL)
        .with(Physics.KNEE, knee)
        .with(Physics.KNEE_COST, pick(v, 1.5, 1, 2))
        .with(Physics.STRATEGY, knee);
    return scenario;
  }

  private static Scenario batchOverObjective(int v) {
    Scenario scenario =
        Scenario.encoder()
            .arrivals("mmpp:rates=1/" + (int) pick(v, 10, 14, 12) + ",dwell=400ms/40ms")
            .slo(pick(v, 50, 45, 60))
            .load(pick(v, 550, 500, 600), 101 + v);
    scenario.settings(MODEL).with("max_batch_size", (int) pick(v, 64, 128, 96));
    return scenario;
  }

  private static Scenario memoryPressure(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 200, 300, 120), 111 + v);
    scenario.physics(MODEL).with(Physics.SWAPPING, pick(v, 2, 1.5, 4));
    if (v == 1) {
      scenario.settings(MODEL).with("instance_group.count", 4);
      return scenario;
    }
    return scenario.idle("encoder_old", pick(v, 0.75, 0, 0.8));
  }

  private static Scenario pinnedPool(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 250, 150, 350), 121 + v);
    scenario
        .physics(MODEL)
        .with(Physics.INPUT, pick(v, 0.08, 0.2, 0.06))
        .with(Physics.PINNED, pick(v, 0x1.8p28, 0x1.2p28, 0x1.4p28));
    return scenario;
  }

  private static Scenario queueDelay(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 60, 30, 90), 131 + v);
    scenario
        .settings(MODEL)
        .with(BATCHING + ".max_queue_delay_microseconds", (int) pick(v, 20_000, 60_000, 12_000));
    if (v == 2) {
      scenario.settings(MODEL).with(BATCHING + ".preferred_batch_size", "[ 16, 32 ]");
    }
    return scenario;
  }

  private static Scenario ignoredTimeout(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 1200, 1500, 1300), 141 + v).slo(100);
    scenario.settings(MODEL).with(POLICY + "allow_timeout_override", "true");
    scenario.physics(MODEL).with(Physics.CLIENT_TIMEOUT, pick(v, 60, 40, 50));
    return scenario;
  }

  private static Scenario shortTimeout(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 100, 60, 130), 151 + v);
    scenario
        .settings(MODEL)
        .with(POLICY + "default_timeout_microseconds", (int) pick(v, 2000, 1000, 3000));
    return scenario;
  }

  private static Scenario idleInstances(int v) {
    Scenario scenario = Scenario.encoder().requests(8000).load(pick(v, 1100, 1200, 1000), 161 + v);
    scenario
        .settings(MODEL)
        .with(POLICY + "max_queue_size", (int) pick(v, 512, 256, 1024))
        .with("max_batch_size", 2);
    scenario
        .physics(MODEL)
        .with(Physics.ALPHA, 0.3)
        .with(Physics.BETA, 0.45)
        .with(Physics.MISSED, pick(v, 0.6, 0.5, 0.8));
    return scenario;
  }

  private static Scenario fewInstances(int v) {
    Scenario scenario = Scenario.encoder().requests(8000).load(pick(v, 1100, 1250, 1160), 171 + v);
    scenario.physics(MODEL).with(Physics.DEVICE, pick(v, 0.3, 0.45, 0.5));
    return scenario;
  }

  private static Scenario overload(int v) {
    return Scenario.encoder()
        .requests(8000)
        .slo(pick(v, 100, 150, 80))
        .load(pick(v, 1200, 1400, 1250), 181 + v);
  }

  private static Scenario threads(int v) {
    int cores = (int) pick(v, 8, 4, 2);
    Scenario scenario = Scenario.encoder().cores(cores).load(pick(v, 700, 350, 120), 191 + v);
    scenario
        .settings(MODEL)
        .with("instance_group.kind", "KIND_CPU")
        .with("instance_group.count", (int) pick(v, 4, 4, 6));
    if (v == 1) {
      scenario.settings(MODEL).with("parameters.intra_op_thread_count", 4);
    }
    scenario.physics(MODEL).with(Physics.BETA, 8).with(Physics.ALPHA, 4);
    return scenario.slo(300);
  }

  private static Scenario coldModel(int v) {
    Scenario scenario = Scenario.encoder().load(pick(v, 100, 300, 50), 201 + v);
    scenario
        .physics(MODEL)
        .with(Physics.COLD, pick(v, 40, 10, 80))
        .with(Physics.COLD_FACTOR, pick(v, 15, 8, 6));
    return scenario;
  }
}
