package io.waip.cli.bench.planner;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.api.resource.Tariff;
import io.waip.cli.control.ControlSetting;
import io.waip.cli.control.ControlTimes;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.replan.PlannableService;
import io.waip.replay.replan.PlannableVariant;
import io.waip.replay.replan.WayToRun;
import io.waip.replay.replan.WindowProblem;
import io.waip.scheduler.plan.apply.KeeperSettings;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** What the control loop of the bench plans with: cores that are there anyway. */
final class BenchPlans {
  private static final String CORE = "core";
  private static final String SOURCE = "this bench";
  private static final List<Double> HEADROOMS = List.of(1.0, 1.25, 1.5, 2.0, 3.0);

  private final Objective objective;
  private final int cores;
  private final Duration period;

  BenchPlans(Objective objective, int cores, Duration period) {
    this.objective = objective;
    this.cores = cores;
    this.period = period;
  }

  /** Returns the setting of a loop that starts from the times of a specification. */
  ControlSetting setting(PlanningSpec spec, long seed) {
    List<Integer> maxBatch = new ArrayList<>();
    for (ServiceSpec service : spec.services()) {
      service.variants().forEach(variant -> maxBatch.add(BenchModels.MAX_BATCH));
    }
    ControlTimes times = new ControlTimes(spec, maxBatch);
    List<PlannableService> services = new ArrayList<>();
    int index = 0;
    for (String name : PlannerStage.SERVICES) {
      List<PlannableVariant> variants = new ArrayList<>();
      for (BenchVariant variant : PlannerStage.variants(name)) {
        variants.add(variant(variant, times.of(index++)));
      }
      services.add(new PlannableService(name, objective, true, true, 0, variants));
    }
    WindowProblem problem =
        new WindowProblem(
            services,
            List.of(Tenant.unlimited("default")),
            new WindowProblem.Supply(List.of(supply()), PlanningLimits.NONE, Preference.MONEY));
    return new ControlSetting(
        services, problem, times, keeping(), new PlanSearch.Effort(HEADROOMS, 2), seed);
  }

  private KeeperSettings keeping() {
    KeeperSettings base = KeeperSettings.DEFAULT;
    return new KeeperSettings(
        base.hysteresis(),
        2 * period.toNanos(),
        3600,
        base.tolerance(),
        base.canaryShare(),
        1,
        20 * period.toNanos(),
        20);
  }

  private static PlannableVariant variant(BenchVariant variant, LatencyModel times) {
    return new PlannableVariant(
        variant.name(),
        Figure.of(variant.isQuantized() ? 0 : 1, 1, SOURCE),
        Figure.of(0, 1, SOURCE),
        BenchModels.MAX_BATCH,
        true,
        List.of(new WayToRun(CORE, variant.threads(), times)));
  }

  private DeviceSupply supply() {
    Figure free = Figure.of(0, 1, SOURCE);
    Figure unknown = Figure.unknown("not asked");
    DeviceFacts facts = new DeviceFacts(CORE, free, unknown, Map.of(), unknown, unknown);
    Tariff tariff =
        new Tariff(
            Currency.getInstance("XXX"), free, free, unknown, Figure.of(1, 1, "devices alone"));
    return new DeviceSupply(CORE, cores, facts, tariff, "");
  }
}
