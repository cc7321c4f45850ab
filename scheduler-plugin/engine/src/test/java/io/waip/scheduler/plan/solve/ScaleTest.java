package io.waip.scheduler.plan.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult.Planned;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 50 services of 4 variants on 8 kinds of devices in gangs of 1 and 4, 1,000 devices. */
class ScaleTest {
  private static final int SERVICES = 50;
  private static final int KINDS = 8;
  private static final int RUNS = 5;

  /** Demand over what the devices serve: about the factor. */
  private static PlanningProblem problem(double factor, PlanningLimits limits) {
    SplittableRandom random = new SplittableRandom(11);
    List<DeviceSupply> devices = new ArrayList<>();
    for (int d = 0; d < KINDS; d++) {
      devices.add(Problems.device("kind" + d, 125, 0.4 + 0.4 * d, (16 + 8 * d) * Problems.GB));
    }
    List<ServiceDemand> services = new ArrayList<>();
    List<PlacementOption> options = new ArrayList<>();
    for (int s = 0; s < SERVICES; s++) {
      String name = "service" + (s < 10 ? "0" : "") + s;
      double rate = factor * (200 + random.nextDouble(60_000) * random.nextDouble());
      double floor = s % 3 == 0 ? 0.985 : 0;
      double promised = s % 5 == 0 ? rate * 0.1 : 0;
      services.add(
          new ServiceDemand(name, rate, 50_000_000, floor, 1 + s % 4, Tier.INTERACTIVE, promised));
      double speed = 0.3 + random.nextDouble();
      for (int v = 0; v < 4; v++) {
        for (int d = 0; d < KINDS; d++) {
          double served =
              400 * speed * (1 + 0.4 * v) * (1 + 0.35 * d) * (0.9 + random.nextDouble(0.2));
          double bytes = (6 + random.nextDouble(8)) * Problems.GB / (1 + v);
          double quality = 1 - 0.012 * v;
          options.add(option(name, v, d, new Problems.Shape(1, served, quality, bytes, 9_000_000)));
          options.add(
              option(
                  name, v, d, new Problems.Shape(4, 3.3 * served, quality, bytes / 3, 5_000_000)));
        }
      }
    }
    return new PlanningProblem(services, devices, options, limits, Preference.MONEY);
  }

  private static PlacementOption option(String service, int v, int d, Problems.Shape shape) {
    return Problems.option(service, "v" + v, "kind" + d, shape);
  }

  private static double secondsOf(PlanningProblem problem, String what) {
    PlacementSolver solver = new PlacementSolver(SolverSettings.DEFAULT);
    double least = Double.POSITIVE_INFINITY;
    Planned plan = (Planned) solver.solve(problem);
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      plan = (Planned) solver.solve(problem);
      least = Math.min(least, (System.nanoTime() - start) / 1e9);
    }
    double gap = 1 - plan.best().score().valuePerSecond() / plan.valueBoundPerSecond();
    System.out.printf(
        "scale, %s: %.3f s, value %.0f of at most %.0f (gap %.4f), %d devices, %d groups, %d candidates%n",
        what,
        least,
        plan.best().score().valuePerSecond(),
        plan.valueBoundPerSecond(),
        gap,
        plan.best().totals().devices(),
        plan.best().groups().size(),
        plan.candidates().size());
    assertThat(gap).isLessThan(0.02);
    return least;
  }

  @Test
  void plansAThousandDevicesInSeconds() {
    PlanningLimits budget = PlanningLimits.NONE.withMoneyPerHour(OptionalDouble.of(900));
    double idle = secondsOf(problem(0.6, PlanningLimits.NONE), "room to spare");
    double over = secondsOf(problem(2, PlanningLimits.NONE), "overload");
    double poor = secondsOf(problem(1, budget), "short of money");
    assertThat(Math.max(idle, Math.max(over, poor))).isLessThan(10);
  }
}
