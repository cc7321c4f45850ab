package io.waip.replay.judge;

import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanScore;
import io.waip.api.plan.PlanTotals;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.api.resource.Tariff;
import io.waip.replay.Noise;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Services of 50 ms whose batches take {@code (4 + 0.8 b) ms} over the variant's speed. */
final class Scene {
  static final long SLO = 50_000_000;
  static final int BATCH = 32;

  private Scene() {}

  static Figure known(double value) {
    return Figure.of(value, 1, "test");
  }

  static DeviceSupply device(String name, int count, double moneyPerHour) {
    DeviceFacts facts =
        new DeviceFacts(name, known(24e9), known(3e11), Map.of(), known(70), known(20));
    Tariff tariff =
        new Tariff(Currency.getInstance("EUR"), known(moneyPerHour), known(0), known(0), known(1));
    return new DeviceSupply(name, count, facts, tariff, "eu");
  }

  static ServiceDemand demand(String name, double ratePerSecond, double floor) {
    return new ServiceDemand(name, ratePerSecond, SLO, floor, 1, Tier.INTERACTIVE, 0);
  }

  /** Speed 1 serves 32 requests in 29.6 ms: 1,081 per second. */
  static PlacementOption option(String service, String variant, String device, double quality) {
    return new PlacementOption(
        service,
        variant,
        device,
        1,
        1,
        BATCH,
        nanos(variant, BATCH),
        BATCH * 1e9 / nanos(variant, BATCH),
        known(quality),
        known(5e9),
        "",
        List.of());
  }

  /** The variant {@code int8} is twice as fast as any other. */
  static long nanos(String variant, int batch) {
    double speed = variant.equals("int8") ? 2 : 1;
    return Math.round((4_000_000 + 800_000 * batch) / speed);
  }

  static DeviceGroup group(int gangs, PlacementOption... options) {
    double share = 1.0 / options.length;
    return new DeviceGroup(
        options[0].device(),
        gangs,
        1,
        List.of(options).stream().map(o -> new DeviceGroup.Share(o, share)).toList());
  }

  static PlacementPlan plan(DeviceGroup... groups) {
    return new PlacementPlan(
        List.of(groups), List.of(), PlanTotals.NOTHING, new PlanScore(0, 0, 0, 0));
  }

  static PlanningProblem problem(
      List<ServiceDemand> services, List<DeviceSupply> devices, List<PlacementOption> options) {
    return new PlanningProblem(services, devices, options, PlanningLimits.NONE, Preference.MONEY);
  }

  static Service service(ServiceDemand demand) {
    Duration latency = Duration.ofNanos(demand.latencyNanos());
    Objective objective = new Objective(demand.tier(), latency, 99, demand.qualityFloor());
    return new Service(demand.name(), objective, true, List.of(new Variant("any", 1, 1, 1)));
  }

  /** Requests drawn for the services in proportion to their rates. */
  static JudgedWindow window(List<ServiceDemand> demands, String arrivals, int requests) {
    double rate = demands.stream().mapToDouble(ServiceDemand::ratePerSecond).sum();
    long[] times = Arrivals.generate(ArrivalSpec.parse(arrivals), requests, rate, 7);
    SplittableRandom random = new SplittableRandom(3);
    Workload.Builder workload = new Workload.Builder(Arrivals.windowNanos(times), requests);
    for (long time : times) {
      double point = random.nextDouble() * rate;
      int service = 0;
      while (service < demands.size() - 1 && point >= demands.get(service).ratePerSecond()) {
        point -= demands.get(service++).ratePerSecond();
      }
      workload.add(new Workload.Request(service, time, 1, Tier.INTERACTIVE, 0, time + SLO));
    }
    return new JudgedWindow(
        workload.build(),
        demands.stream().map(Scene::service).toList(),
        List.of(Tenant.unlimited("t")),
        (option, batch, length) -> nanos(option.variant(), batch),
        Noise.none(1));
  }
}
