package io.waip.replay.diagnose;

import static io.waip.replay.diagnose.Scenario.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and runs with nothing wrong: no cause may be named. */
class HealthyRunsTest {
  @TempDir private Path folder;

  private static Map<String, Scenario> servers(double load, int seed) {
    double full = 1081;
    Map<String, Scenario> servers = new TreeMap<>();
    servers.put("encoder", Scenario.encoder().load(load * full, seed));
    servers.put("bursts", Scenario.encoder().arrivals("gamma:cv=3").load(load * full, seed));
    Scenario pair = Scenario.encoder().load(load * full, seed);
    pair.settings(MODEL).with("instance_group.count", 2);
    pair.physics(MODEL).with(Physics.DEVICE, 0.5);
    servers.put("two instances", pair);
    Scenario delay = Scenario.encoder().load(load * full, seed);
    delay.settings(MODEL).with("dynamic_batching.max_queue_delay_microseconds", 1000);
    servers.put("short delay", delay);
    Scenario timeout = Scenario.encoder().load(load * full, seed);
    timeout
        .settings(MODEL)
        .with("dynamic_batching.default_queue_policy.default_timeout_microseconds", 80_000)
        .with("dynamic_batching.default_queue_policy.allow_timeout_override", "true");
    servers.put("time-out", timeout);
    Scenario cached = Scenario.encoder().load(load * full, seed);
    cached.settings(MODEL).with("response_cache.enable", "true");
    cached.physics(MODEL).with(Physics.CACHE, 1).with(Physics.HITS, 0.6);
    servers.put("cache", cached);
    Scenario threads = Scenario.encoder().slo(400).load(load * 350, seed);
    threads
        .settings(MODEL)
        .with("instance_group.kind", "KIND_CPU")
        .with("instance_group.count", 4)
        .with("parameters.intra_op_thread_count", 2);
    threads.physics(MODEL).with(Physics.BETA, 8);
    servers.put("four instances of two threads", threads);
    Scenario ensemble = Scenario.encoder().step(0, "tokenizer", 0.5).load(load * full, seed);
    servers.put("ensemble", ensemble);
    Scenario ragged = Scenario.encoder().lengths(8, 31, 90, 12).load(load * full, seed);
    ragged
        .settings(MODEL)
        .with("input.x.dims", "[ -1 ]")
        .with("input.x.allow_ragged_batch", "true");
    servers.put("ragged", ragged);
    Scenario strategy = Scenario.encoder().load(load * full, seed);
    strategy.settings(MODEL).with("parameters.TRITON_BATCH_STRATEGY_PATH", "/models/volume.so");
    servers.put("strategy", strategy);
    return servers;
  }

  private static Map<String, RecordPlant> runs(double load, int seed) {
    return Map.of(
        "waip",
        new RecordPlant(Cause.PADDING, "waip").load(load, seed),
        "waip, lengths",
        new RecordPlant(Cause.PADDING, "waip")
            .cost("alpha=2ms,beta=0.1ms,gamma=20us")
            .load(load, seed),
        "waip, tenants",
        new RecordPlant(Cause.PADDING, "waip")
            .tenant("gold:weight=3:share=3", "")
            .tenant("free", "5000/s")
            .load(load, seed),
        "fifo, four workers",
        new RecordPlant(Cause.PADDING, "fifo").workers(4).load(load, seed));
  }

  @Test
  void nothingIsNamedWhereNothingIsWrong() throws IOException {
    List<String> named = new ArrayList<>();
    int judged = 0;
    for (double load : List.of(0.1, 0.3, 0.5, 0.7, 0.85)) {
      for (int seed = 1; seed <= 3; seed++) {
        for (Map.Entry<String, Scenario> each : servers(load, seed).entrySet()) {
          Observed seen = ServerRun.of(each.getValue()).observed(newFolder());
          judged++;
          names(Diagnoser.diagnose(seen))
              .forEach(cause -> named.add(each.getKey() + " at " + load + ": " + cause));
        }
        for (Map.Entry<String, RecordPlant> each : runs(load, seed).entrySet()) {
          Observed seen = each.getValue().observed(newFolder());
          judged++;
          names(Diagnoser.diagnose(seen))
              .forEach(cause -> named.add(each.getKey() + " at " + load + ": " + cause));
        }
      }
    }
    System.out.printf(Locale.ROOT, "%d healthy runs, %d causes named%n", judged, named.size());
    assertThat(named).isEmpty();
  }

  private Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "healthy");
  }

  private static Stream<String> names(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(finding -> finding.cause().label());
  }
}
