package io.waip.replay.diagnose;

import io.waip.replay.arrivals.ArrivalSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A simulated server with its machine, clients and load. Mutable until it is run. */
final class Scenario {
  /** Name of the model that most scenarios are about. */
  static final String MODEL = "encoder";

  private final Map<String, Settings> settings = new HashMap<>();
  private final Map<String, Physics> physics = new HashMap<>();
  private final List<String> steps = new ArrayList<>(List.of(MODEL));
  private final Map<String, Double> idle = new HashMap<>();
  private ArrivalSpec arrivals = new ArrivalSpec.Poisson();
  private double perSecond = 100;
  private double sloMillis = 100;
  private int requests = 4000;
  private int[] lengths = {64};
  private int cores = 8;
  private long seed = 1;

  /** Returns a healthy encoder on a GPU, with dynamic batching. */
  static Scenario encoder() {
    Scenario scenario = new Scenario();
    scenario
        .settings(MODEL)
        .with("backend", "onnxruntime")
        .with("max_batch_size", 32)
        .with("instance_group.count", 1)
        .with("instance_group.kind", "KIND_GPU")
        .with("dynamic_batching", "")
        .with("input.x.dims", "[ 64 ]");
    scenario
        .physics(MODEL)
        .with(Physics.ALPHA, 4)
        .with(Physics.BETA, 0.8)
        .with(Physics.INPUT, 0.02)
        .with(Physics.OUTPUT, 0.02)
        .with(Physics.DEVICE, 1)
        .with(Physics.INSTANCE_MEMORY, 0.3)
        .with(Physics.PINNED, 1 << 26);
    return scenario;
  }

  /** Puts a step of code before the encoder (index 0) or behind it (index 1 of one step). */
  Scenario step(int index, String name, double millis) {
    steps.add(index, name);
    settings(name)
        .with("backend", "python")
        .with("max_batch_size", 0)
        .with("instance_group.count", 1)
        .with("instance_group.kind", "KIND_CPU")
        .with("parameters.intra_op_thread_count", 1);
    physics(name).with(Physics.ALPHA, millis);
    return this;
  }

  Scenario load(double requestsPerSecond, long ofSeed) {
    perSecond = requestsPerSecond;
    seed = ofSeed;
    return this;
  }

  /** Returns this with other requests: another seed, and a rate that many times as high. */
  Scenario otherwise(long seedMore, double rateFactor) {
    seed += seedMore;
    perSecond *= rateFactor;
    return this;
  }

  Scenario arrivals(String spec) {
    arrivals = ArrivalSpec.parse(spec);
    return this;
  }

  Scenario slo(double millis) {
    sloMillis = millis;
    return this;
  }

  Scenario lengths(int... values) {
    lengths = values.clone();
    return this;
  }

  Scenario cores(int count) {
    cores = count;
    return this;
  }

  Scenario requests(int count) {
    requests = count;
    return this;
  }

  /** Loads another model that nobody calls and that takes a part of the memory. */
  Scenario idle(String name, double memory) {
    idle.put(name, memory);
    return this;
  }

  Settings settings(String of) {
    return settings.computeIfAbsent(of, _ -> new Settings());
  }

  Physics physics(String of) {
    return physics.computeIfAbsent(of, _ -> new Physics());
  }

  List<String> steps() {
    return steps;
  }

  boolean isEnsemble() {
    return steps.size() > 1;
  }

  /** Returns the models that nobody calls and that are loaded. */
  List<String> idle() {
    return idle.keySet().stream().filter(name -> !settings(name).isOn("unload")).sorted().toList();
  }

  double otherMemory() {
    return idle().stream().mapToDouble(name -> idle.getOrDefault(name, 0.0)).sum();
  }

  ArrivalSpec arrivals() {
    return arrivals;
  }

  double perSecond() {
    return perSecond;
  }

  double sloMillis() {
    return sloMillis;
  }

  int requests() {
    return requests;
  }

  int length(int i) {
    return lengths[i % lengths.length];
  }

  int cores() {
    return cores;
  }

  long seed() {
    return seed;
  }

  /** Carries out what a remedy says, whatever it is. */
  void apply(Remedy remedy) {
    remedy.changes().forEach(change -> settings(change.of()).apply(change));
  }
}
