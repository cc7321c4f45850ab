package io.waip.replay.diagnose;

import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.diagnose.read.ConfigurationFile;
import io.waip.replay.diagnose.read.MetricsFile;
import io.waip.replay.diagnose.read.StatisticsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A scenario that was run: how it went, and the files that a user would gather. */
final class ServerRun {
  private static final String ENSEMBLE = "pipeline";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long MEMORY_BYTES = 16L << 30;

  private final Scenario scenario;
  private final Map<String, SimulatedModel> models = new LinkedHashMap<>();
  private final ModelLog ensemble = new ModelLog();
  private final long[] arrivals;
  private final long[] end;
  private final long lastNanos;

  private ServerRun(Scenario scenario) {
    this.scenario = scenario;
    arrivals =
        Arrivals.generate(
            scenario.arrivals(), scenario.requests(), scenario.perSecond(), scenario.seed());
    end = arrivals.clone();
    for (String step : scenario.steps()) {
      pass(step);
    }
    lastNanos = Arrays.stream(end).max().orElse(0);
    for (int i = 0; i < end.length; i++) {
      ensemble.arrived(arrivals[i]);
      if (end[i] >= 0) {
        long took = end[i] - arrivals[i];
        ensemble.ran(new ModelLog.Ran(end[i], 1, ModelLog.Parts.NONE, 0, took));
      }
    }
  }

  static ServerRun of(Scenario scenario) {
    return new ServerRun(scenario);
  }

  /** Sends what has come so far through a step, in the order in which it comes there. */
  private void pass(String step) {
    int[] order =
        IntStream.range(0, end.length)
            .filter(i -> end[i] >= 0)
            .boxed()
            .sorted(Comparator.comparingLong(i -> end[i]))
            .mapToInt(i -> i)
            .toArray();
    SimulatedModel model = new SimulatedModel(scenario, step);
    long[] answered =
        model.run(
            Arrays.stream(order).mapToLong(i -> end[i]).toArray(),
            Arrays.stream(order).map(scenario::length).toArray(),
            scenario.seed() + models.size());
    models.put(step, model);
    for (int k = 0; k < order.length; k++) {
      end[order[k]] = answered[k];
    }
  }

  /** Returns the share of requests answered within the objective. */
  double attainment() {
    long inTime =
        IntStream.range(0, end.length)
            .filter(i -> end[i] >= 0)
            .filter(i -> end[i] - arrivals[i] <= scenario.sloMillis() * NANOS_PER_MILLI)
            .count();
    return (double) inTime / end.length;
  }

  /** Returns the 99th percentile of the time to an answer, milliseconds. */
  double p99Millis() {
    long[] times =
        IntStream.range(0, end.length)
            .filter(i -> end[i] >= 0)
            .mapToLong(i -> end[i] - arrivals[i])
            .sorted()
            .toArray();
    return times.length == 0
        ? Double.NaN
        : times[(int) Math.ceil(0.99 * times.length) - 1] / NANOS_PER_MILLI;
  }

  /** Writes the files of a user who saves statistics every now and then, and reads them. */
  Observed observed(Path folder) throws IOException {
    StatisticsFiles bodies = new StatisticsFiles();
    List<Long> times = List.of(0L, lastNanos / 10, lastNanos / 2, lastNanos);
    for (int i = 0; i < times.size(); i++) {
      bodies.read(Files.writeString(folder.resolve("stats" + i + ".json"), body(times.get(i))));
    }
    Map<String, ModelConfiguration> configurations = new HashMap<>();
    for (Path file : configurations(folder)) {
      ConfigurationFile.Named named = ConfigurationFile.read(file);
      configurations.put(named.model(), named.configuration());
    }
    Path metrics = Files.writeString(folder.resolve("metrics.txt"), metrics());
    Map<String, Long> objectives =
        Map.of(Scenario.MODEL, Math.round(scenario.sloMillis() * NANOS_PER_MILLI));
    return new Observed(
        bodies.figures(configurations, OptionalDouble.of(lastNanos)),
        new Surroundings(OptionalInt.of(scenario.cores()), MetricsFile.read(metrics), objectives),
        Optional.empty());
  }

  private String body(long atNanos) {
    List<String> stats = new ArrayList<>();
    models.forEach((name, model) -> stats.add(model.log().stats(name, atNanos)));
    scenario.idle().forEach(name -> stats.add(new ModelLog().stats(name, atNanos)));
    if (scenario.isEnsemble()) {
      stats.add(ensemble.stats(ENSEMBLE, atNanos));
    }
    return "{\"model_stats\":[" + String.join(",", stats) + "]}\n";
  }

  private List<Path> configurations(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : models.keySet()) {
      files.add(config(folder, name, scenario.settings(name).toPbtxt(name)));
    }
    if (scenario.isEnsemble()) {
      Settings steps =
          new Settings()
              .with("platform", "ensemble")
              .with("ensemble_scheduling.steps", String.join(",", scenario.steps()));
      files.add(config(folder, ENSEMBLE, steps.toPbtxt(ENSEMBLE)));
    }
    return files;
  }

  private static Path config(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name).resolve("config.pbtxt");
    Files.createDirectories(folder.resolve(name));
    return Files.writeString(file, text);
  }

  private String metrics() {
    double device = 0;
    double processor = 0;
    double memory = 0;
    double pinned = 0;
    for (String name : models.keySet()) {
      SimulatedModel model = models.get(name);
      double busy = model.log().busyNanos() / lastNanos;
      boolean isOnProcessor =
          scenario.settings(name).text("instance_group.kind").equals("KIND_CPU");
      double threads =
          scenario.settings(name).number("parameters.intra_op_thread_count", scenario.cores());
      device += isOnProcessor ? 0 : busy * scenario.physics(name).get(Physics.DEVICE);
      processor += isOnProcessor ? busy * threads / scenario.cores() : 0;
      memory = Math.max(memory, model.memory());
      pinned += scenario.physics(name).get(Physics.PINNED);
    }
    long pool = scenario.settings("").number("pinned-memory-pool-byte-size", 1 << 28);
    return """
    # HELP nv_gpu_utilization GPU utilization rate [0.0 - 1.0)
    # TYPE nv_gpu_utilization gauge
    nv_gpu_utilization{gpu_uuid="GPU-1"} %f
    nv_gpu_memory_total_bytes{gpu_uuid="GPU-1"} %d
    nv_gpu_memory_used_bytes{gpu_uuid="GPU-1"} %d
    nv_cpu_utilization %f
    nv_pinned_memory_pool_total_bytes %d
    nv_pinned_memory_pool_used_bytes %d
    """
        .formatted(
            Math.min(1, device),
            MEMORY_BYTES,
            Math.round(MEMORY_BYTES * Math.min(0.99, memory)),
            Math.min(1, processor),
            pool,
            Math.round(Math.min(pool, pinned)));
  }
}
