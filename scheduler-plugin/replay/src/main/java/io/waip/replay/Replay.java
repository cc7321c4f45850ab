package io.waip.replay;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.Capacity;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.limit.Schedule;
import io.waip.replay.policy.Policy;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  private Replay(ReplaySpec spec, double capacityPerSecond, Workload workload) {
    this.spec = spec;
    this.capacityPerSecond = capacityPerSecond;
    this.workload = workload;
  }

  /**
   * Makes the requests.
   *
   * @throws IllegalArgumentException if the SLO is below the time of one request, or the pace
   *     leaves no two different arrival times; the message is one line for the user
   */
  public static Replay of(ReplaySpec spec) {
    Traffic traffic = spec.traffic();
    boolean isLengthKept = spec.cost().dependsOnLength();
    double capacity =
        Capacity.perSecond(
            traffic.lengths(isLengthKept),
            BatchCost.of(spec.cost()),
            spec.pool(),
            0,
            spec.sloNanos());
    long seed = spec.noise().seed();
    return new Replay(
        spec, capacity, traffic.workload(capacity, seed, spec.sloNanos(), isLengthKept));
  }

  /** Makes the requests, computes both limits and runs the policies in the order given. */
  public static ReplayReport run(ReplaySpec spec, List<Policy> policies) {
    Replay replay = of(spec);
    return new ReplayReport(
        spec,
        replay,
        replay.limit(),
        replay.clairvoyant(),
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

  /**
   * Computes what no schedule exceeds at nominal times on workers that are always up; workers that
   * fail or slow down only serve less.
   */
  public GoodputLimit limit() {
    return GoodputLimit.of(workload, BatchCost.of(spec.cost()), spec.pool());
  }

  /**
   * Searches for the best schedule at nominal times, beginning with those of all policies.
   *
   * @return empty for more than {@value ClairvoyantGoodput#MAX_REQUESTS} requests, and where
   *     workers fail or slow down, which the search does not know
   */
  public Optional<ClairvoyantGoodput> clairvoyant() {
    if (workload.size() > ClairvoyantGoodput.MAX_REQUESTS || !spec.devices().events().isEmpty()) {
      return Optional.empty();
    }
    List<Schedule> starts = new ArrayList<>();
    for (Policy policy : Policy.values()) {
      ScheduleRecorder recorder = new ScheduleRecorder(workload);
      play(policy, Noise.none(spec.noise().seed()), recorder);
      starts.add(recorder.schedule());
    }
    return ClairvoyantGoodput.of(workload, BatchCost.of(spec.cost()), spec.pool(), starts);
  }

  /** Runs a policy over all requests. */
  public PolicyRun play(Policy policy) {
    WasteMeter waste = new WasteMeter(workload, spec.cost(), spec.pool().workers());
    ServiceMeter service = new ServiceMeter(workload, spec.cost(), tenants().size());
    RunLog log = play(policy, spec.noise(), waste.and(service));
    return new PolicyRun(policy, workload, log, waste.waste(), service.byTenant());
  }

  private RunLog play(Policy policy, Noise noise, RunObserver observer) {
    Deployment deployment = deployment();
    ServicePlan parameters = ServicePlan.DEFAULT.withLatencyMargin(noise.latencyMargin());
    Plan plan = Plan.uniform(0, deployment, parameters);
    ExecutionTimes times =
        new ExecutionTimes(spec.cost(), noise.coefficientOfVariation(), noise.seed());
    return VirtualTimeDriver.run(
        workload,
        policy.create(deployment, spec.cost(), plan),
        times,
        spec.devices().timeline(),
        observer);
  }

  private Deployment deployment() {
    Variant variant = new Variant("model", 1, spec.pool().maxBatch(), workload.longest());
    Objective objective = Objective.interactive(Duration.ofNanos(spec.sloNanos()));
    return new Deployment(
        List.of(new Service("service", objective, true, List.of(variant))),
        spec.traffic().tenants(),
        spec.devices().endpoints());
  }
}
