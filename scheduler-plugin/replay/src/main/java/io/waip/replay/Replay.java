package io.waip.replay;

import io.waip.api.Outcome;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.replay.WorkloadBuilder.Built;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.ServerSpec;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs policies over the same requests in virtual time, beside the limit none can exceed.
 *
 * <p>Every policy sees the same arrivals and the same seed of noise. Every request must end exactly
 * once, else the run fails with an {@link IllegalStateException}.
 */
public final class Replay {
  /**
   * Standard deviations of noise in the engine's planning margin; near the 1.1 that recovered most
   * of the goodput lost to 5 % noise in this project's simulations.
   */
  private static final double MARGIN_SIGMAS = 2;

  private static final double NANOS_PER_SECOND = 1e9;

  private final ReplaySpec spec;
  private final Built built;
  private final GoodputLimit limit;

  private Replay(ReplaySpec spec) {
    this.spec = spec;
    built = WorkloadBuilder.build(spec);
    limit =
        GoodputLimit.of(built.workload(), BatchCost.of(spec.server().cost()), spec.server().pool());
  }

  /**
   * Replays to the end.
   *
   * @param onResult told each policy's figures as they come, for progress
   * @throws io.waip.replay.trace.TraceFormatException if a file is not what it should be
   * @throws IllegalArgumentException if the parts of the specification do not fit one another; the
   *     message is one line for the user
   * @throws IllegalStateException if a policy lost a request or ended one twice
   */
  public static ReplayReport run(ReplaySpec spec, Consumer<PolicyResult> onResult) {
    return new Replay(spec).report(onResult);
  }

  private ReplayReport report(Consumer<PolicyResult> onResult) {
    List<PolicyResult> results = new ArrayList<>();
    for (Policy policy : spec.policies()) {
      PolicyResult result = result(policy);
      results.add(result);
      onResult.accept(result);
    }
    Workload workload = built.workload();
    double offered = workload.offeredPerSecond();
    ServerSpec server = spec.server();
    return new ReplayReport(
        workload.size(),
        workload.windowNanos() / NANOS_PER_SECOND,
        offered,
        built.capacityRps(),
        offered / built.capacityRps(),
        limit.ratePerSecond(),
        limit.requests() / workload.size(),
        limit.method(),
        server.sloNanos() / 1e6,
        server.workers(),
        server.maxBatch(),
        spec.noise(),
        spec.seed(),
        results);
  }

  private Deployment deployment() {
    ServerSpec server = spec.server();
    Variant variant = new Variant("reference", 1, server.maxBatch(), built.workload().longest());
    Objective objective = Objective.interactive(Duration.ofNanos(server.sloNanos()));
    return new Deployment(
        List.of(new Service("replay", objective, true, List.of(variant))),
        built.tenants().stream().map(Tenant::unlimited).toList(),
        IntStream.range(0, server.workers())
            .mapToObj(worker -> Endpoint.worker("worker-" + worker))
            .toList());
  }

  private RunLog drive(Policy policy) {
    Deployment deployment = deployment();
    ServicePlan service = ServicePlan.DEFAULT.withLatencyMargin(1 + MARGIN_SIGMAS * spec.noise());
    Plan plan = Plan.uniform(0, deployment, service);
    return VirtualTimeDriver.run(
        built.workload(),
        policy.create(deployment, spec.server().cost(), plan),
        new ExecutionTimes(spec.server().cost(), spec.noise(), spec.seed()));
  }

  private PolicyResult result(Policy policy) {
    RunLog log = drive(policy);
    Workload workload = built.workload();
    Attainment attainment = new Attainment(workload, log);
    double good = attainment.requests();
    long ran = log.requests() - log.count(Outcome.REJECTED) - log.count(Outcome.EVICTED);
    long[] latencies = attainment.latencies();
    return new PolicyResult(
        policy.label(),
        good * NANOS_PER_SECOND / workload.windowNanos(),
        limit.requests() == 0 ? null : good / limit.requests(),
        good / workload.size(),
        log.batches(),
        log.batches() == 0 ? 0 : (double) ran / log.batches(),
        (double) log.busyNanos() / workload.windowNanos() / spec.server().workers(),
        Attainment.percentileMs(latencies, 50),
        Attainment.percentileMs(latencies, 99),
        log.count(Outcome.COMPLETED),
        log.count(Outcome.LATE),
        log.count(Outcome.REJECTED),
        log.count(Outcome.EVICTED),
        log.count(Outcome.FAILED),
        log.count(Outcome.CANCELLED),
        attainment.byTier(),
        attainment.byTenant(built.tenants()),
        attainment.byLengthFifth(),
        log.decisionHash());
  }
}
