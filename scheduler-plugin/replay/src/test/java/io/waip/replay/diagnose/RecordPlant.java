package io.waip.replay.diagnose;

import io.waip.replay.Devices;
import io.waip.replay.Noise;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.diagnose.read.RecordScan;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.records.DecisionLog;
import io.waip.replay.records.RecordReader;
import io.waip.replay.records.WhenFull;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.spec.TenantSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A replay under settings that remedies name, and its records. Mutable until it is run. */
final class RecordPlant {
  private static final int[] LENGTHS = {
    12, 100, 8, 35, 128, 9, 14, 60, 10, 22, 90, 11, 7, 16, 120, 13, 18
  };

  private final Settings planner = new Settings();
  private final List<String> tenants = new ArrayList<>();
  private final Cause cause;
  private String cost = "alpha=4ms,beta=0.8ms";
  private double load = 0.7;
  private int workers = 2;
  private String events = "";
  private long seed = 1;

  /** Returns the plants of a variant, 0 to 2. */
  static List<RecordPlant> all(int v) {
    String flood = List.of("30", "12", "60").get(v);
    String rate = List.of("20/s", "90/s", "50/s").get(v);
    return List.of(
        new RecordPlant(Cause.PADDING, List.of("fifo", "clipper-aimd", "fifo").get(v))
            .cost("alpha=2ms,beta=0.1ms,gamma=" + List.of("20us", "30us", "15us").get(v))
            .load(List.of(0.9, 1.1, 1.0).get(v), 301 + v),
        new RecordPlant(Cause.STARVED_TENANT, List.of("fifo", "triton", "edf-prefix").get(v))
            .tenant("good", "")
            .tenant("bad:share=" + flood, "")
            .load(List.of(4.0, 3.0, 6.0).get(v), 311 + v),
        new RecordPlant(Cause.RATE_LIMIT, "waip")
            .tenant("gold:share=2", rate)
            .tenant("free", "")
            .load(List.of(0.3, 0.45, 0.25).get(v), 321 + v),
        new RecordPlant(Cause.STRAGGLER, List.of("fifo", "waip", "triton").get(v))
            .workers(List.of(4, 3, 6).get(v))
            .events(
                List.of("0s:worker-2:slow=3x", "0s:worker-1:slow=5x", "0s:worker-4:slow=4x").get(v))
            .load(List.of(0.4, 0.3, 0.5).get(v), 331 + v));
  }

  RecordPlant(Cause cause, String policy) {
    this.cause = cause;
    planner.with("policy", policy);
  }

  Cause cause() {
    return cause;
  }

  RecordPlant load(double ofCapacity, long ofSeed) {
    load = ofCapacity;
    seed = ofSeed;
    return this;
  }

  /** Returns this with other requests: another seed, and a load that many times as high. */
  RecordPlant otherwise(long seedMore, double loadFactor) {
    seed += seedMore;
    load *= loadFactor;
    return this;
  }

  RecordPlant workers(int count) {
    workers = count;
    return this;
  }

  RecordPlant cost(String text) {
    cost = text;
    return this;
  }

  /** Adds a tenant, in the form of {@code --tenants} without its rate. */
  RecordPlant tenant(String spec, String rate) {
    tenants.add(spec);
    if (!rate.isEmpty()) {
      planner.with("rate." + name(spec), rate);
    }
    return this;
  }

  RecordPlant events(String text) {
    events = text;
    return this;
  }

  private static String name(String spec) {
    return spec.replaceFirst(":.*", "");
  }

  /** Carries out what a remedy says, whatever it is. */
  void apply(Remedy remedy) {
    for (Change change : remedy.changes()) {
      switch (change.key()) {
        case "drain" -> events += (events.isEmpty() ? "" : ",") + "0s:" + change.of() + ":drain";
        case "tenants.rate" -> planner.with("rate." + change.of(), change.value());
        default -> planner.apply(change);
      }
    }
  }

  private Replay replay() {
    Traffic traffic = Traffic.generated(new ArrivalSpec.Poisson(), 6000, load);
    if (cost.contains("gamma")) {
      traffic = traffic.withLengths(LENGTHS);
    }
    if (!tenants.isEmpty()) {
      List<String> specs = tenants.stream().map(this::withRate).toList();
      traffic = traffic.withTenants(TenantSpec.parseAll(String.join(",", specs)));
    }
    return Replay.of(
        new ReplaySpec(
            traffic,
            50_000_000L,
            CostSpec.parse(cost),
            Devices.alike(
                new WorkerPool(workers, 1, 32),
                events.isEmpty() ? List.of() : EventSpec.parseAll(events)),
            new Noise(0.05, seed)));
  }

  private String withRate(String spec) {
    String rate = planner.text("rate." + name(spec));
    return rate.isEmpty() ? spec : spec + ":rate=" + rate;
  }

  private Policy policy() {
    return Policy.parse(planner.text("policy"));
  }

  PolicyRun run() {
    return replay().play(policy());
  }

  /** Returns the share of requests answered in time: of one tenant where there are several. */
  double attainment(String of) {
    Replay replay = replay();
    int tenant = replay.tenants().indexOf(of);
    PolicyRun run = replay.play(policy());
    return run.attainment(i -> tenant < 0 || replay.workload().tenant(i) == tenant).orElse(1);
  }

  double p99Millis() {
    return run().latencyMillis(99).orElse(Double.NaN);
  }

  Observed observed(Path folder) throws IOException {
    Path file = folder.resolve("run.rec");
    Replay replay = replay();
    try (DecisionLog log = DecisionLog.create(file, replay.setup(policy()), WhenFull.WAIT)) {
      replay.play(policy(), log);
    }
    try (RecordReader reader = new RecordReader(file)) {
      return new Observed(List.of(), Surroundings.NONE, Optional.of(RecordScan.of(reader)));
    }
  }
}
