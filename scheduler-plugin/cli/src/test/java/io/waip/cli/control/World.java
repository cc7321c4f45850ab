package io.waip.cli.control;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.Plan;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.api.resource.Tariff;
import io.waip.api.schedule.Batch;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.policy.Policy;
import io.waip.replay.replan.PlannableService;
import io.waip.replay.replan.PlannableVariant;
import io.waip.replay.replan.WayToRun;
import io.waip.replay.replan.WindowProblem;
import io.waip.replay.trace.Workload;
import io.waip.scheduler.plan.apply.ArmCount;
import io.waip.scheduler.plan.apply.KeeperSettings;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One device with two variants: {@code fp32} takes 8 ms and 4 ms a request, {@code int8} 4 ms and 1
 * ms a request. Windows of 4 s, objective 50 ms. Each window begins with empty queues.
 */
final class World {
  static final long WINDOW_NANOS = 4_000_000_000L;

  private static final Objective OBJECTIVE =
      new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, 0);
  private static final List<Tenant> TENANTS = List.of(Tenant.unlimited("default"));
  private static final double[] ALPHA = {8e6, 4e6};
  private static final double[] BETA = {4e6, 1e6};
  private static final int MAX_BATCH = 16;

  private final Deployment deployment =
      new Deployment(
          List.of(
              new Service(
                  "embed",
                  OBJECTIVE,
                  true,
                  List.of(
                      new Variant("fp32", 1, MAX_BATCH, 1), new Variant("int8", 0, MAX_BATCH, 1)))),
          TENANTS,
          List.of(Endpoint.worker("worker")));
  private final SplittableRandom random = new SplittableRandom(1);
  private double slower = 1;
  private int windows;

  private LatencyModel truth() {
    return (variant, batch, length) ->
        Math.round(slower * (ALPHA[variant] + BETA[variant] * batch));
  }

  /** Returns what a planner that knows the times, multiplied by a factor each, starts from. */
  static PlanningSpec spec(double fp32Factor, double int8Factor) {
    List<CostPoint> points = new ArrayList<>();
    double[] factors = {fp32Factor, int8Factor};
    for (int variant = 0; variant < 2; variant++) {
      for (int batch : List.of(1, 2, 4, 8, 16)) {
        double nanos = factors[variant] * (ALPHA[variant] + BETA[variant] * batch);
        points.add(new CostPoint(variant, batch, 1, nanos, 1));
      }
    }
    return PlanningSpec.of(
        List.of(
            new ServiceSpec(
                "embed",
                OBJECTIVE,
                Optional.empty(),
                List.of(new VariantSpec("fp32", 1, "core"), new VariantSpec("int8", 0, "core")),
                false)),
        TENANTS,
        true,
        points);
  }

  static List<PlannableService> services(ControlTimes times) {
    Figure free = Figure.of(0, 1, "test");
    List<PlannableVariant> variants = new ArrayList<>();
    for (int v = 0; v < 2; v++) {
      variants.add(
          new PlannableVariant(
              v == 0 ? "fp32" : "int8",
              Figure.of(1 - v, 1, "test"),
              free,
              MAX_BATCH,
              false,
              List.of(new WayToRun("core", 1, times.of(v)))));
    }
    return List.of(new PlannableService("embed", OBJECTIVE, true, false, 0, variants));
  }

  static ControlSetting setting(PlanningSpec spec) {
    ControlTimes times = new ControlTimes(spec, Collections.nCopies(2, MAX_BATCH));
    List<PlannableService> services = services(times);
    Figure free = Figure.of(0, 1, "test");
    Figure unknown = Figure.unknown("not asked");
    DeviceSupply core =
        new DeviceSupply(
            "core",
            1,
            new DeviceFacts("core", free, unknown, Map.of(), unknown, unknown),
            new Tariff(Currency.getInstance("XXX"), free, free, unknown, Figure.of(1, 1, "test")),
            "");
    WindowProblem problem =
        new WindowProblem(
            services,
            TENANTS,
            new WindowProblem.Supply(List.of(core), PlanningLimits.NONE, Preference.MONEY));
    return new ControlSetting(
        services,
        problem,
        times,
        new KeeperSettings(0.03, 2 * WINDOW_NANOS, 100, 0.1, 0.25, 2, 100 * WINDOW_NANOS, 50),
        PlanSearch.Effort.DEFAULT,
        1);
  }

  /** Returns a plan with one of the variants alone. */
  static ControlPlan only(int variant) {
    List<VariantLimit> limits = new ArrayList<>();
    for (int v = 0; v < 2; v++) {
      limits.add(v == variant ? VariantLimit.NONE : new VariantLimit(0, 1));
    }
    return new ControlPlan(
        Optional.empty(),
        List.of(
            ServicePlan.DEFAULT.toBuilder()
                .limits(new ServiceLimits(Double.POSITIVE_INFINITY, limits))
                .build()));
  }

  /** Makes every execution slower from now on. */
  void slower(double factor) {
    slower = factor;
  }

  /**
   * Serves a window of Poisson arrivals as a step and its arms say; a canary gets its share of the
   * requests.
   */
  SeenWindow serve(ControlLoop loop, ControlPlan usual, ControlPlan trial, double share, int rate) {
    List<SeenWindow.Arrival> arrivals = new ArrayList<>();
    List<SeenWindow.Arrival> usually = new ArrayList<>();
    List<SeenWindow.Arrival> tried = new ArrayList<>();
    double at = 0;
    while ((at -= Math.log(1 - random.nextDouble()) * 1e9 / rate) < WINDOW_NANOS) {
      SeenWindow.Arrival arrival =
          new SeenWindow.Arrival((long) at, 0, 0, 1, Tier.INTERACTIVE, (long) at + 50_000_000);
      arrivals.add(arrival);
      (at % (WINDOW_NANOS / 4.0) >= share * WINDOW_NANOS / 4 ? usually : tried).add(arrival);
    }
    List<SeenWindow.Execution> executions = new ArrayList<>();
    Map<Integer, ArmCount> arms = new HashMap<>();
    arms.put(loop.usualArm(), run(usually, usual, executions));
    arms.put(loop.usualArm() + 1, run(tried, trial, executions));
    windows++;
    return new SeenWindow(
        (windows - 1) * WINDOW_NANOS, windows * WINDOW_NANOS, arrivals, arms, executions);
  }

  private ArmCount run(
      List<SeenWindow.Arrival> arrivals, ControlPlan plan, List<SeenWindow.Execution> executions) {
    if (arrivals.isEmpty()) {
      return ArmCount.NONE;
    }
    Workload.Builder load = new Workload.Builder(WINDOW_NANOS);
    arrivals.forEach(a -> load.add(a.nanos(), 1, a.tier(), 0, a.deadlineNanos()));
    RunObserver observer =
        new RunObserver() {
          @Override
          public void executed(Batch batch, long startNanos, long endNanos) {
            executions.add(
                new SeenWindow.Execution(batch.variant(), batch.size(), 1, endNanos - startNanos));
          }
        };
    RunLog log =
        VirtualTimeDriver.run(
            load.build(),
            Policy.WAIP.create(deployment, truth(), new Plan(1, plan.services())),
            new ExecutionTimes(truth(), 0.05, 7),
            List.of(),
            observer);
    long good = log.count(Outcome.COMPLETED);
    return new ArmCount(arrivals.size(), good, 0);
  }
}
