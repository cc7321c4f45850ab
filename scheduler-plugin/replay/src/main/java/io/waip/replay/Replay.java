package io.waip.replay;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Scheduler;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.limit.Schedule;
import io.waip.replay.policy.Policy;
import io.waip.replay.records.DecisionLog;
import io.waip.replay.records.RunSetup;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Workload;
import io.waip.replay.tune.SettingsGrid;
import io.waip.replay.tune.SettingsSearch;
import io.waip.replay.tune.TunedSettings;
import io.waip.scheduler.plan.LengthBuckets;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A replay whose requests are made: policies run over them one by one, each from an idle start and
 * with the same noise.
 *
 * <p>Where the cost does not depend on length every request has length 1, so that no rule on
 * padding binds. Deterministic for a spec. Immutable.
 */
public final class Replay {
  private final ReplaySpec spec;
  private final double capacityPerSecond;
  private final Workload workload;
  private final Optional<DynamicBatcherSettings> triton;
  private final List<Integer> bucketEdges;

  private Replay(
      ReplaySpec spec,
      double capacityPerSecond,
      Workload workload,
      Optional<DynamicBatcherSettings> triton,
      List<Integer> bucketEdges) {
    this.spec = spec;
    this.capacityPerSecond = capacityPerSecond;
    this.workload = workload;
    this.triton = triton;
    this.bucketEdges = bucketEdges;
  }

  /**
   * Makes the requests.
   *
   * @throws IllegalArgumentException if the SLO is below the time of one request, or the pace
   *     leaves no two different arrival times; the message is one line for the user
   */
  public static Replay of(ReplaySpec spec) {
    OfferedServices offered = OfferedServices.of(spec);
    double capacity = offered.capacityPerSecond(spec.devices());
    Workload workload = spec.traffic().workload(capacity, spec.noise().seed(), offered);
    return new Replay(spec, capacity, workload, Optional.empty(), List.of());
  }

  /**
   * Makes the requests of traffic whose rate does not follow the workers; what these serve in full
   * batches is not asked.
   *
   * @throws IllegalArgumentException if the rate does, or leaves no two different arrival times;
   *     the message is one line for the user
   */
  public static Workload requests(ReplaySpec spec) {
    if (!spec.traffic().hasFixedRate()) {
      throw new IllegalArgumentException(
          "the rate is a share of the capacity of the workers; allowed: requests per second, or the"
              + " pace of a trace; remedy: give a rate");
    }
    return spec.traffic().workload(Double.NaN, spec.noise().seed(), OfferedServices.of(spec));
  }

  /**
   * Returns a replay of requests made before, such as a part of those of {@link #requests}; its
   * capacity and load are NaN.
   *
   * @param workload whose services and tenants are those of the spec
   */
  public static Replay over(ReplaySpec spec, Workload workload) {
    return new Replay(spec, Double.NaN, workload, Optional.empty(), List.of());
  }

  /** Makes the requests, computes both limits and runs the policies in the order given. */
  public static ReplayReport run(ReplaySpec spec, List<Policy> policies) {
    Replay replay = of(spec);
    return new ReplayReport(
        spec,
        replay,
        replay.limit(),
        replay.clairvoyant(),
        Optional.empty(),
        policies.stream().map(replay::play).toList());
  }

  /** Returns the requests. */
  public Workload workload() {
    return workload;
  }

  /** Returns what the workers serve in full batches within the SLO, requests per second. */
  public double capacityPerSecond() {
    return capacityPerSecond;
  }

  /** Returns the mean offered rate as a share of the capacity. */
  public double load() {
    return workload.offeredPerSecond() / capacityPerSecond;
  }

  /** Returns the tenants; a request's tenant is an index into them. */
  public List<String> tenants() {
    return spec.traffic().tenants().stream().map(Tenant::name).toList();
  }

  /** Returns the names of the services; a request's service is an index into them. */
  public List<String> services() {
    return spec.services().stream().map(ServiceSpec::name).toList();
  }

  /**
   * Computes what no schedule exceeds at nominal times on the workers that are up; those that drain
   * or slow down only serve less.
   */
  public GoodputLimit limit() {
    return GoodputLimit.of(workload, spec.fleet());
  }

  /**
   * Searches for the best schedule at nominal times, beginning with those of all policies.
   *
   * @return empty for more than {@value ClairvoyantGoodput#MAX_REQUESTS} requests, and where
   *     something happens to workers, which the search does not know
   */
  public Optional<ClairvoyantGoodput> clairvoyant() {
    if (workload.size() > ClairvoyantGoodput.MAX_REQUESTS || !spec.devices().events().isEmpty()) {
      return Optional.empty();
    }
    List<Schedule> starts = new ArrayList<>();
    for (Policy policy : Policy.values()) {
      ScheduleRecorder recorder = new ScheduleRecorder(workload);
      Noise none = Noise.none(spec.noise().seed());
      VirtualTimeDriver.run(workload, scheduler(policy, none), times(none), List.of(), recorder);
      starts.add(recorder.schedule());
    }
    return ClairvoyantGoodput.of(workload, spec.fleet(), starts);
  }

  /**
   * Returns a replay of the same requests at another pace: every gap is stretched by one factor.
   *
   * @param load mean offered rate as a share of the capacity, {@code > 0}
   * @throws IllegalArgumentException if the load is not positive and finite, or leaves no two
   *     different arrival times or a span of more than 10^9 s; the message is one line for the user
   */
  public Replay atLoad(double load) {
    long[] arrivals =
        IntStream.range(0, workload.size()).mapToLong(workload::arrivalNanos).toArray();
    long[] stretched =
        Traffic.requireSpan(
            Arrivals.rescale(arrivals, new Pace.Load(load).factor() * capacityPerSecond));
    Workload other = workload.at(stretched, Arrivals.windowNanos(stretched));
    return new Replay(spec, capacityPerSecond, other, triton, bucketEdges);
  }

  /** Runs a policy over all requests. */
  public PolicyRun play(Policy policy) {
    return play(policy, RunObserver.NONE);
  }

  /**
   * Runs a policy over all requests.
   *
   * @param observer told of what happens
   */
  public PolicyRun play(Policy policy, RunObserver observer) {
    return play(policy, scheduler(policy, spec.noise()), observer);
  }

  /**
   * Returns the same replay with other settings of {@link Policy#TRITON} than the stock ones.
   *
   * @param settings with batches that the workers run
   */
  public Replay withTriton(DynamicBatcherSettings settings) {
    return new Replay(spec, capacityPerSecond, workload, Optional.of(settings), bucketEdges);
  }

  /**
   * Returns the same replay in which {@link Policy#WAIP} pads batches to these lengths, and to the
   * longest of each service.
   *
   * @param edges as {@link ServicePlan#bucketEdges}; empty to pad to the longest of each batch
   * @throws IllegalArgumentException if they do not ascend from 1
   */
  public Replay withBuckets(List<Integer> edges) {
    ServicePlan checked = ServicePlan.DEFAULT.toBuilder().bucketEdges(edges).build();
    return new Replay(spec, capacityPerSecond, workload, triton, checked.bucketEdges());
  }

  /** Returns the lengths that {@link Policy#WAIP} pads batches to; empty where to any. */
  public List<Integer> bucketEdges() {
    return bucketEdges;
  }

  /**
   * Returns the bucket edges that pad these requests least.
   *
   * @param count most edges, {@code >= 1}
   * @throws IllegalArgumentException if it is below 1
   */
  public List<Integer> leastPadding(int count) {
    int[] lengths = IntStream.range(0, workload.size()).map(workload::length).toArray();
    return LengthBuckets.of(lengths, count, LengthBuckets.DEFAULT_STEP).edges();
  }

  /**
   * Searches the dynamic batcher's best settings: over other requests of the same kind where
   * requests are generated, so that the winner is judged by requests it was not chosen by; over
   * these where they are recorded.
   *
   * @param isCancelled once true the search ends soon, with the best so far
   */
  public TunedSettings tuneTriton(BooleanSupplier isCancelled) {
    Replay tuning =
        spec.traffic().isGenerated() ? of(spec.withSeed(spec.noise().seed() + 1)) : this;
    return new SettingsSearch(tuning.workload, tuning::playPart, isCancelled)
        .best(Policy.stockTriton(deployment()), grid());
  }

  private List<DynamicBatcherSettings> grid() {
    boolean isMixed = workload.hasUnequalLengths();
    return SettingsGrid.of(0, spec.devices().maxBatch(), spec.sloNanos()).stream()
        .filter(settings -> isMixed || settings.shapes() == ShapeRule.EQUAL)
        .toList();
  }

  private RunLog playPart(RequestSource requests, DynamicBatcherSettings settings) {
    return VirtualTimeDriver.run(
        requests,
        new DynamicBatcher(deployment(), settings),
        times(spec.noise()),
        spec.devices().timeline(),
        RunObserver.NONE);
  }

  /** Runs a policy over all requests and records it; the setup of the log is that of here. */
  public PolicyRun play(Policy policy, DecisionLog records) {
    return play(policy, records.scheduler(), RunObserver.NONE);
  }

  private PolicyRun play(Policy policy, Scheduler scheduler, RunObserver observer) {
    WasteMeter waste = new WasteMeter(workload, spec.costs(), spec.devices().workers());
    ServiceMeter service = new ServiceMeter(workload, spec.costs(), tenants().size());
    RunLog log =
        VirtualTimeDriver.run(
            workload,
            scheduler,
            times(spec.noise()),
            spec.devices().timeline(),
            waste.and(service).and(observer));
    return new PolicyRun(policy, workload, log, waste.waste(), service.byTenant());
  }

  /** Returns an observer of one run that watches the cost model and the requests for drift. */
  public DriftObserver watchedBy(DriftWatchFactory watches) {
    return new DriftObserver(workload, deployment(), spec.costs(), watches);
  }

  /** Returns what a policy's decisions depend on besides the requests. */
  public RunSetup setup(Policy policy) {
    return setup(policy, spec.noise());
  }

  private Scheduler scheduler(Policy policy, Noise noise) {
    return policy == Policy.TRITON && triton.isPresent()
        ? new DynamicBatcher(deployment(), triton.get())
        : setup(policy, noise).scheduler();
  }

  private RunSetup setup(Policy policy, Noise noise) {
    Deployment deployment = deployment();
    ServicePlan parameters =
        ServicePlan.DEFAULT.toBuilder()
            .latencyMargin(noise.latencyMargin())
            .bucketEdges(bucketEdges)
            .build();
    return new RunSetup(
        policy,
        deployment,
        Plan.uniform(0, deployment, parameters),
        spec.costs(),
        EngineSettings.DEFAULT,
        new RunSetup.Origin("", noise.coefficientOfVariation(), noise.seed(), List.of()));
  }

  private ExecutionTimes times(Noise noise) {
    return new ExecutionTimes(spec.costs(), noise.coefficientOfVariation(), noise.seed());
  }

  private Deployment deployment() {
    return new Deployment(
        IntStream.range(0, spec.services().size()).mapToObj(this::service).toList(),
        spec.traffic().tenants(),
        spec.devices().endpoints(spec.services().size()));
  }

  private Service service(int index) {
    ServiceSpec service = spec.services().get(index);
    Devices devices = spec.devices();
    int longest = workload.longest(index);
    List<Variant> variants =
        devices.classes().stream()
            .map(device -> devices.areAlike() ? "model" : "model@" + device.name())
            .map(name -> new Variant(name, 1, devices.maxBatch(), longest))
            .toList();
    Objective objective = Objective.interactive(Duration.ofNanos(service.sloNanos()));
    return new Service(service.name(), objective, true, variants);
  }
}
