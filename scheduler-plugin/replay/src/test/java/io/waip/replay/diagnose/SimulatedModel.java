package io.waip.replay.diagnose;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.schedule.Batch;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.QueuePolicy;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A model of a simulated Triton: the replay's dynamic batcher under the settings of the model, on
 * instances whose times follow from a machine's physics.
 */
final class SimulatedModel {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NOISE = 0.05;
  private static final int LONGEST = 1_000_000;

  private final Settings model;
  private final Settings server;
  private final Settings clients;
  private final Physics physics;
  private final double otherMemory;
  private final int cores;
  private final ModelLog log = new ModelLog();
  private long nowNanos;
  private long spanNanos = 1;
  private int executing;
  private long executions;
  private ModelLog.Parts parts = ModelLog.Parts.NONE;

  SimulatedModel(Scenario scenario, String name) {
    model = scenario.settings(name);
    server = scenario.settings("");
    clients = model;
    physics = scenario.physics(name);
    otherMemory = scenario.otherMemory();
    cores = scenario.cores();
  }

  ModelLog log() {
    return log;
  }

  /**
   * Runs requests in order of arrival.
   *
   * @return when each was answered; -1 where it was refused
   */
  long[] run(long[] arrivals, int[] lengths, long seed) {
    int n = arrivals.length;
    boolean isCached = model.isOn("response_cache.enable");
    long lookUp = isCached ? Math.round(physics.get(Physics.CACHE) * NANOS_PER_MILLI / 2) : 0;
    SplittableRandom random = new SplittableRandom(seed);
    long[] end = new long[n];
    List<Integer> misses = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      log.arrived(arrivals[i]);
      if (isCached && random.nextDouble() < physics.get(Physics.HITS)) {
        end[i] = arrivals[i] + lookUp;
        log.counted(end[i], Tallied.CACHE_HIT, lookUp);
      } else {
        misses.add(i);
      }
    }
    Workload.Builder builder = new Workload.Builder(Long.MAX_VALUE / 4);
    for (int i : misses) {
      builder.add(
          arrivals[i] + lookUp, lengths[i], Tier.INTERACTIVE, 0, RequestDescriptor.NO_DEADLINE);
    }
    long[] ends = misses.isEmpty() ? new long[0] : execute(builder.build(), lookUp, seed);
    for (int k = 0; k < ends.length; k++) {
      end[misses.get(k)] = ends[k];
    }
    return end;
  }

  private long[] execute(Workload workload, long lookUp, long seed) {
    int n = workload.size();
    spanNanos = Math.max(1, workload.arrivalNanos(n - 1) - workload.arrivalNanos(0));
    SplittableRandom random = new SplittableRandom(seed + 1);
    DynamicBatcher batcher =
        new DynamicBatcher(
            deployment(), batching(), () -> random.nextDouble() >= physics.get(Physics.MISSED));
    LatencyModel times = (variant, batch, length) -> nanos(batch);
    RunLog run =
        VirtualTimeDriver.run(
            workload,
            batcher,
            new ExecutionTimes(times, NOISE, seed),
            List.of(),
            new Observer(workload));
    long[] ends = new long[n];
    for (int i = 0; i < n; i++) {
      boolean isAnswered = run.outcome(i) == Outcome.COMPLETED;
      ends[i] = isAnswered ? run.endNanos(i) + lookUp : -1;
      if (!isAnswered) {
        log.counted(run.endNanos(i), Tallied.FAIL, run.endNanos(i) - workload.arrivalNanos(i));
      } else if (lookUp > 0) {
        log.counted(run.endNanos(i), Tallied.CACHE_MISS, 2 * lookUp);
        log.counted(run.endNanos(i), Tallied.SUCCESS, 2 * lookUp);
      }
    }
    return ends;
  }

  private Deployment deployment() {
    List<Endpoint> instances = new ArrayList<>();
    for (int i = 0; i < model.number("instance_group.count", 1); i++) {
      instances.add(Endpoint.worker("instance-" + i));
    }
    Variant variant = new Variant("model", 1, (int) Math.max(1, largestBatch()), LONGEST);
    Objective objective = Objective.interactive(Duration.ofSeconds(1));
    Service service = new Service("model", objective, true, List.of(variant));
    return new Deployment(List.of(service), List.of(Tenant.unlimited("all")), instances);
  }

  /** Without dynamic batching one request is executed at a time, as Triton does. */
  private long largestBatch() {
    return model.has("dynamic_batching") ? Math.max(1, model.number("max_batch_size", 0)) : 1;
  }

  private DynamicBatcherSettings batching() {
    String policy = "dynamic_batching.default_queue_policy.";
    long timeout = model.number(policy + "default_timeout_microseconds", 0) * 1000;
    boolean isOverridden = model.isOn(policy + "allow_timeout_override") && timeout > 0;
    long wished = Math.round(physics.get(Physics.CLIENT_TIMEOUT) * NANOS_PER_MILLI);
    long effective = isOverridden && wished > 0 ? Math.min(timeout, wished) : timeout;
    int queue = (int) model.number(policy + "max_queue_size", 0);
    boolean prefetches = !model.has(policy.substring(0, policy.length() - 1));
    boolean isHeeded = physics.has(Physics.STRATEGY) && !prefetches;
    int most = (int) largestBatch();
    int cap = isHeeded ? (int) Math.min(most, physics.get(Physics.STRATEGY)) : most;
    boolean isVariable = model.text("input.x.dims").contains("-1");
    boolean isRagged = model.isOn("input.x.allow_ragged_batch");
    return new DynamicBatcherSettings(
            0,
            cap,
            preferred(cap),
            model.number("dynamic_batching.max_queue_delay_microseconds", 0) * 1000,
            isVariable && !isRagged ? ShapeRule.EQUAL : ShapeRule.RAGGED,
            List.of(QueuePolicy.UNLIMITED))
        .withOneQueue(new QueuePolicy(effective, queue));
  }

  private List<Integer> preferred(int cap) {
    return Arrays.stream(
            model
                .text("dynamic_batching.preferred_batch_size")
                .replaceAll("[^0-9,]", "")
                .split(",", -1))
        .filter(size -> !size.isEmpty())
        .map(Integer::parseInt)
        .filter(size -> size <= cap)
        .toList();
  }

  /** Returns the time of an execution that starts now, and keeps its parts. */
  private long nanos(int rows) {
    double infer = physics.get(Physics.ALPHA) + physics.get(Physics.BETA) * rows;
    double knee = physics.get(Physics.KNEE);
    if (knee > 0 && rows > knee) {
      infer *= 1 + physics.get(Physics.KNEE_COST) * (rows - knee) / knee;
    }
    boolean isCold = executions < physics.get(Physics.COLD) && !model.has("model_warmup");
    infer *= (isCold ? physics.get(Physics.COLD_FACTOR) : 1) * crowding() * swapping();
    executions++;
    double copying = isPinnedShort() ? 8 : 1;
    double input = physics.get(Physics.INPUT) * rows * copying;
    double output = physics.get(Physics.OUTPUT) * rows * copying;
    parts =
        new ModelLog.Parts(
            nanos(input * (clients.isOn("shared_memory.inputs") ? 0.1 : 1)),
            Math.max(1, nanos(infer)),
            nanos(output * (clients.isOn("shared_memory.outputs") ? 0.1 : 1)));
    return parts.sum();
  }

  private static long nanos(double millis) {
    return Math.round(millis * NANOS_PER_MILLI);
  }

  /** Threads share cores at a cost; executions on a device share it once it is full. */
  private double crowding() {
    int running = executing + 1;
    if (!model.text("instance_group.kind").equals("KIND_CPU")) {
      return Math.max(1, running * physics.get(Physics.DEVICE));
    }
    double threads = Math.min(cores, model.number("parameters.intra_op_thread_count", cores));
    double demand = running * threads / cores;
    double sharing = demand > 1 ? demand * (1 + 0.3 * (demand - 1)) : 1;
    return sharing / Math.pow(threads, 0.9);
  }

  private double swapping() {
    double elapsed = Math.min(1, (double) nowNanos / spanNanos);
    return memory() > 1 ? 1 + physics.get(Physics.SWAPPING) * elapsed : 1;
  }

  /** Returns the part of the memory that is asked for. */
  double memory() {
    double mine = physics.get(Physics.INSTANCE_MEMORY) * model.number("instance_group.count", 1);
    return mine + otherMemory;
  }

  private boolean isPinnedShort() {
    return physics.get(Physics.PINNED) > server.number("pinned-memory-pool-byte-size", 1 << 28);
  }

  /** Counts what happens. */
  private final class Observer implements RunObserver {
    private final Workload workload;

    Observer(Workload workload) {
      this.workload = workload;
    }

    @Override
    public void arrived(long now) {
      nowNanos = now;
    }

    @Override
    public void completed(long now) {
      nowNanos = now;
      executing--;
    }

    @Override
    public void executed(Batch batch, long startNanos, long endNanos) {
      executing++;
      ModelLog.Parts took = parts.times((double) (endNanos - startNanos) / parts.sum());
      long waited = 0;
      long residence = 0;
      for (int i = 0; i < batch.size(); i++) {
        long arrived = workload.arrivalNanos((int) batch.requestId(i));
        waited += startNanos - arrived;
        residence += endNanos - arrived;
      }
      log.ran(new ModelLog.Ran(endNanos, batch.size(), took, waited, residence));
    }
  }
}
