package io.waip.onnxruntime;

import io.waip.api.agreement.AgreementRule;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.onnxruntime.agreement.ShadowDesk;
import io.waip.scheduler.plan.agreement.QualityListener;
import io.waip.scheduler.runtime.Engine;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link PlannedSession}. Not for use by several threads. */
public final class PlannedSessionBuilder {
  /** Most bytes of one request's inputs where none are given. */
  public static final long DEFAULT_MAX_REQUEST_BYTES = 1L << 20;

  /** Most bytes of off-heap memory for the rows of open requests where none are given. */
  public static final long DEFAULT_MAX_ROW_BYTES = 256L << 20;

  private static final String DEFAULT_TENANT = "default";
  private static final Duration DEFAULT_LATENCY = Duration.ofMillis(100);
  private static final Duration DEFAULT_PROFILE_BUDGET = Duration.ofSeconds(5);
  private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);
  private static final int MAX_WORKERS = Deployment.MAX_ENDPOINTS;

  private String service = "default";
  private Objective objective = Objective.interactive(DEFAULT_LATENCY);
  private final List<ModelVariant> variants = new ArrayList<>();
  private final List<Tenant> tenants = new ArrayList<>();
  private @Nullable LengthRule lengths;
  private @Nullable LoadedModels models;
  private @Nullable LatencyModel latencyModel;
  private @Nullable SchedulerFactory scheduler;
  private ServicePlan plan = ServicePlan.DEFAULT;
  private EngineSettings settings = EngineSettings.DEFAULT;
  private Duration profileBudget = DEFAULT_PROFILE_BUDGET;
  private Duration drain = DEFAULT_DRAIN;
  private long maxRequestBytes = DEFAULT_MAX_REQUEST_BYTES;
  private long maxRowBytes = DEFAULT_MAX_ROW_BYTES;
  private int workers = 1;
  private @Nullable AgreementRule agreement;
  private QualityListener qualityListener = QualityListener.NONE;

  PlannedSessionBuilder() {}

  /** Names the service. */
  public PlannedSessionBuilder service(String name) {
    service = name;
    return this;
  }

  /** Sets what the service promises; default: interactive, 100 ms. */
  public PlannedSessionBuilder objective(Objective value) {
    objective = value;
    return this;
  }

  /** Adds a variant; the first that can be loaded is the reference. */
  public PlannedSessionBuilder variant(ModelVariant variant) {
    variants.add(variant);
    return this;
  }

  /** Allows requests of different length in one batch; without it only equal lengths share one. */
  public PlannedSessionBuilder lengths(LengthRule rule) {
    lengths = rule;
    return this;
  }

  /** Uses models that are loaded already, in place of variants; the session does not close them. */
  public PlannedSessionBuilder models(LoadedModels loaded) {
    models = loaded;
    return this;
  }

  /** Adds a tenant; without any there is one named {@code default}. */
  public PlannedSessionBuilder tenant(Tenant tenant) {
    tenants.add(tenant);
    return this;
  }

  /**
   * Sets how many executions run at once; default 1.
   *
   * @throws IllegalArgumentException if it is not in {@code [1, 64]}
   */
  public PlannedSessionBuilder workers(int count) {
    if (count < 1 || count > MAX_WORKERS) {
      throw new IllegalArgumentException("workers must be in [1, 64], is " + count);
    }
    workers = count;
    return this;
  }

  /** Sets the scheduling parameters of the first plan. */
  public PlannedSessionBuilder plan(ServicePlan parameters) {
    plan = parameters;
    return this;
  }

  /** Sets queue capacity, window, ordering and rules of the engine. */
  public PlannedSessionBuilder settings(EngineSettings value) {
    settings = value;
    return this;
  }

  /** Gives execution times, in place of measuring them at the start. */
  public PlannedSessionBuilder latencyModel(LatencyModel model) {
    latencyModel = model;
    return this;
  }

  /** Sets how long the models are measured at the start; default 5 s. */
  public PlannedSessionBuilder profileBudget(Duration budget) {
    profileBudget = budget;
    return this;
  }

  /**
   * Compares a share of the variants' answers with the reference's while no batch runs; default:
   * none.
   *
   * @param listener told when a variant falls below what is relied on, and when it may return
   */
  public PlannedSessionBuilder agreement(AgreementRule rule, QualityListener listener) {
    agreement = rule;
    qualityListener = listener;
    return this;
  }

  /** Drives the models by another scheduler than the planner's engine. */
  public PlannedSessionBuilder scheduler(SchedulerFactory factory) {
    scheduler = factory;
    return this;
  }

  /** Sets how long {@link PlannedSession#close} serves what is queued; default 10 s. */
  public PlannedSessionBuilder drain(Duration longest) {
    drain = longest;
    return this;
  }

  /** Sets the most bytes of one request's inputs; default 1 MiB. */
  public PlannedSessionBuilder maxRequestBytes(long bytes) {
    maxRequestBytes = bytes;
    return this;
  }

  /**
   * Sets the most bytes of off-heap memory for the rows of open requests, each taking room for the
   * longest; default 256 MiB. It bounds the number of open requests beside the queue capacity.
   */
  public PlannedSessionBuilder maxRowBytes(long bytes) {
    maxRowBytes = bytes;
    return this;
  }

  /**
   * Loads the models, measures them unless a latency model was given, and starts the session.
   *
   * @throws IllegalArgumentException if the parts contradict each other, or the objective is
   *     shorter than serving one request takes
   * @throws IllegalStateException if no variant can be loaded or executed
   * @throws InterruptedException if the calling thread is interrupted while measuring
   */
  public PlannedSession start() throws InterruptedException {
    LoadedModels loaded = models == null ? load() : models;
    try {
      return start(loaded);
    } catch (RuntimeException | InterruptedException e) {
      if (models == null) {
        loaded.close();
      }
      throw e;
    }
  }

  private LoadedModels load() {
    if (variants.isEmpty()) {
      throw new IllegalArgumentException(
          "service '" + service + "' has no variant; add one with a model file or bytes");
    }
    return lengths == null ? LoadedModels.load(variants) : LoadedModels.load(variants, lengths);
  }

  private PlannedSession start(LoadedModels loaded) throws InterruptedException {
    requireOutput(loaded);
    Deployment deployment = deployment(loaded);
    List<CostPoint> points = List.of();
    LatencyModel costs = latencyModel;
    if (costs == null) {
      Duration horizon = objective.latency().multipliedBy(2);
      points = new CostProfiler(loaded, workers, horizon).measure(profileBudget);
      costs = CostProfiler.modelOf(points);
    }
    requireReachable(loaded, costs);
    return assemble(loaded, new PlannedSession.Planning(deployment, costs, points));
  }

  private PlannedSession assemble(LoadedModels loaded, PlannedSession.Planning planning) {
    int running = workers * loaded.maxBatch();
    int capacity = capacity(loaded, running);
    EngineLoop.Setting setting =
        new EngineLoop.Setting(
            scheduler(planning.deployment(), planning.latencyModel()),
            System::nanoTime,
            loaded.variants().stream().map(Variant::model).toList(),
            capacity,
            loaded.maxBatch());
    RowStore store = new RowStore(loaded, capacity + running);
    ShadowDesk desk = agreement == null ? null : desk(loaded, agreement);
    OrtBatchRunner.Shadow shadow =
        desk == null || agreement == null
            ? null
            : new OrtBatchRunner.Shadow(desk, agreement.output());
    List<BatchRunner> runners =
        Stream.<BatchRunner>generate(() -> new OrtBatchRunner(loaded, store, shadow))
            .limit(workers)
            .toList();
    return new PlannedSession(
        new PlannedSession.Parts(
            loaded,
            models == null,
            planning,
            new Ingress(loaded, objective, planning.deployment().tenants(), maxRequestBytes),
            new PlannedSession.Drive(
                new EngineLoop(setting, store, runners), desk, System::nanoTime, drain)));
  }

  private ShadowDesk desk(LoadedModels loaded, AgreementRule rule) {
    return new ShadowDesk(
        rule,
        loaded.variants().stream().map(Variant::model).toList(),
        loaded.compared(),
        qualityListener);
  }

  private void requireOutput(LoadedModels loaded) {
    List<String> outputs = loaded.signature().outputs().stream().map(Signature.Port::name).toList();
    if (agreement != null && !outputs.contains(agreement.output())) {
      throw new IllegalArgumentException(
          "agreement.output is '%s'; the outputs are %s".formatted(agreement.output(), outputs));
    }
  }

  /** Returns how many requests may be open: those queued and running, within the row memory. */
  private int capacity(LoadedModels loaded, int running) {
    long slots = maxRowBytes / RowStore.slotBytes(loaded);
    long capacity = Math.min((long) settings.queueCapacity() + running, slots - running);
    if (capacity < running) {
      throw new IllegalArgumentException(
          "max_row_bytes %d holds %d requests of the longest kind; %d running ones need twice as"
                  .formatted(maxRowBytes, slots, running)
              + " many slots; raise it, or lower max batch, max length or workers");
    }
    return (int) capacity;
  }

  private Deployment deployment(LoadedModels loaded) {
    return new Deployment(
        List.of(new Service(service, objective, loaded.isPaddable(), loaded.variants())),
        tenants.isEmpty() ? List.of(Tenant.unlimited(DEFAULT_TENANT)) : tenants,
        IntStream.range(0, workers).mapToObj(i -> Endpoint.worker("worker-" + i)).toList());
  }

  private io.waip.api.schedule.Scheduler scheduler(Deployment deployment, LatencyModel costs) {
    return scheduler == null
        ? new Engine(deployment, costs, Plan.uniform(0, deployment, plan), settings)
        : scheduler.create(deployment, costs);
  }

  private void requireReachable(LoadedModels loaded, LatencyModel costs) {
    long shortest =
        IntStream.range(0, loaded.variants().size())
            .mapToLong(v -> costs.medianNanos(v, 1, 1))
            .min()
            .orElseThrow();
    if (shortest > objective.latency().toNanos()) {
      throw new IllegalArgumentException(
          "latency objective %s of service '%s' is below the %d us one request takes; raise it"
              .formatted(objective.latency(), service, shortest / 1000));
    }
  }
}
