package io.waip.scheduler.plan.solve;

import io.waip.api.Tier;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.api.resource.Tariff;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** Problems for tests: hand-made parts, and random small ones of every kind of constraint. */
final class Problems {
  static final double GB = 1e9;

  private Problems() {}

  static Figure known(double value) {
    return Figure.of(value, 0.9, "test");
  }

  /** A device of 24 GB that draws 20 W idle and 70 W busy, in a place of 400 g/kWh. */
  static DeviceSupply device(String name, int count, double moneyPerHour) {
    return device(name, count, moneyPerHour, 24 * GB);
  }

  static DeviceSupply device(String name, int count, double moneyPerHour, double memoryBytes) {
    DeviceFacts facts =
        new DeviceFacts(name, known(memoryBytes), known(3e11), Map.of(), known(70), known(20));
    Tariff tariff =
        new Tariff(
            Currency.getInstance("EUR"), known(moneyPerHour), known(0), known(400), known(1.2));
    return new DeviceSupply(name, count, facts, tariff, "eu");
  }

  /** An interactive service of 50 ms without floor or promise. */
  static ServiceDemand service(String name, double ratePerSecond, double value) {
    return new ServiceDemand(name, ratePerSecond, 50_000_000, 0, value, Tier.INTERACTIVE, 0);
  }

  /** An option of batches of 8 in 10 ms that takes 6 GB. */
  static PlacementOption option(
      String service, String variant, String device, double served, double quality) {
    return option(service, variant, device, new Shape(1, served, quality, 6 * GB, 10_000_000));
  }

  record Shape(int degree, double served, double quality, double bytes, long batchNanos) {}

  static PlacementOption option(String service, String variant, String device, Shape shape) {
    return new PlacementOption(
        service,
        variant,
        device,
        shape.degree,
        1,
        8,
        shape.batchNanos,
        shape.served,
        known(shape.quality),
        known(shape.bytes),
        "",
        List.of());
  }

  static PlanningProblem problem(
      List<ServiceDemand> services, List<DeviceSupply> devices, List<PlacementOption> options) {
    return new PlanningProblem(services, devices, options, PlanningLimits.NONE, Preference.MONEY);
  }

  /** A problem that can be enumerated, often with floors, limits, promises and rules. */
  static PlanningProblem small(RandomGenerator random) {
    List<ServiceDemand> services = new ArrayList<>();
    List<DeviceSupply> devices = new ArrayList<>();
    List<PlacementOption> options = new ArrayList<>();
    int kinds = 1 + random.nextInt(2);
    for (int d = 0; d < kinds; d++) {
      int count = random.nextInt(kinds == 1 ? 5 : 3);
      devices.add(device("d" + d, count, 0.5 + random.nextDouble(3), 24 * GB));
    }
    int named = 1 + random.nextInt(3);
    for (int s = 0; s < named; s++) {
      services.add(randomService("s" + s, random));
      for (DeviceSupply device : devices) {
        for (int v = 0; v < 2; v++) {
          if (random.nextInt(5) > 0) {
            options.add(randomOption("s" + s, v, device.name(), random));
          }
        }
      }
    }
    return new PlanningProblem(
        services, devices, options, randomLimits(random), randomPreference(random));
  }

  private static ServiceDemand randomService(String name, RandomGenerator random) {
    double rate = random.nextInt(12) == 0 ? 0 : 20 + random.nextDouble(400);
    double promised = random.nextInt(4) == 0 ? rate * random.nextDouble() * 0.4 : 0;
    double floor = random.nextInt(2) == 0 ? 0.95 + 0.05 * random.nextDouble() : 0;
    Tier tier = random.nextInt(4) == 0 ? Tier.OFFLINE : Tier.INTERACTIVE;
    double value = 0.5 + random.nextDouble(4);
    return new ServiceDemand(name, rate, 50_000_000, floor, value, tier, promised);
  }

  private static PlacementOption randomOption(
      String service, int variant, String device, RandomGenerator random) {
    int degree = random.nextInt(5) == 0 ? 2 : 1;
    double served = (40 + random.nextDouble(160)) * (1 + 0.7 * variant) * (degree == 2 ? 1.8 : 1);
    double quality = variant == 0 ? 1 : 0.9 + 0.1 * random.nextDouble();
    double bytes = (4 + random.nextDouble(14)) * GB / (1 + variant);
    long batchNanos = 4_000_000L + random.nextInt(16_000_000);
    PlacementOption option =
        option(
            service, "v" + variant, device, new Shape(degree, served, quality, bytes, batchNanos));
    return random.nextInt(15) == 0 ? option.forbidden("rule") : option;
  }

  private static PlanningLimits randomLimits(RandomGenerator random) {
    return new PlanningLimits(
        maybe(random, 1 + random.nextDouble(6)),
        maybe(random, 40 + random.nextDouble(250)),
        maybe(random, 20 + random.nextDouble(120)));
  }

  private static OptionalDouble maybe(RandomGenerator random, double value) {
    return random.nextInt(4) == 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static Preference randomPreference(RandomGenerator random) {
    return random.nextInt(2) == 0 ? Preference.MONEY : new Preference(0.2, 0.001);
  }
}
