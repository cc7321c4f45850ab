package io.waip.scheduler.plan.solve;

import io.waip.api.Tier;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The optimum of a small problem by trying every way to load every device, each with the best
 * division of time. It works from the problem alone.
 */
final class BruteForce {
  private final PlanningProblem problem;
  private final List<List<PlacementOption>> loads = new ArrayList<>();
  private final int[] gangs;
  private double value = Double.NEGATIVE_INFINITY;
  private double badness = Double.POSITIVE_INFINITY;
  private int tried;

  private BruteForce(PlanningProblem problem) {
    this.problem = problem;
    for (DeviceSupply device : problem.devices()) {
      for (int degree = 1; degree <= 2; degree++) {
        addLoads(device, degree);
      }
    }
    gangs = new int[loads.size()];
  }

  /**
   * An optimum.
   *
   * @param value per second; negative infinity where no plan keeps every promise
   * @param badness least per hour of those that serve it
   * @param tried ways to load the devices
   */
  record Optimum(double value, double badness, int tried) {
    boolean exists() {
      return value > Double.NEGATIVE_INFINITY;
    }
  }

  static Optimum of(PlanningProblem problem) {
    BruteForce search = new BruteForce(problem);
    search.load(0);
    return new Optimum(search.value, search.badness, search.tried);
  }

  private void addLoads(DeviceSupply device, int degree) {
    List<PlacementOption> alike =
        problem.options().stream()
            .filter(o -> o.permitted() && o.device().equals(device.name()))
            .filter(o -> o.tensorParallelDegree() == degree)
            .toList();
    List<Integer> maximal = new ArrayList<>();
    for (int set = (1 << alike.size()) - 1; set > 0; set--) {
      int own = set;
      boolean within = maximal.stream().anyMatch(larger -> (larger & own) == own);
      if (!within && fits(device, chosen(alike, set))) {
        maximal.removeIf(smaller -> (smaller & own) == smaller);
        maximal.add(set);
      }
    }
    maximal.forEach(set -> loads.add(chosen(alike, set)));
  }

  private static List<PlacementOption> chosen(List<PlacementOption> alike, int set) {
    List<PlacementOption> chosen = new ArrayList<>();
    for (int i = 0; i < alike.size(); i++) {
      if ((set >>> i & 1) != 0) {
        chosen.add(alike.get(i));
      }
    }
    return chosen;
  }

  private boolean fits(DeviceSupply device, List<PlacementOption> load) {
    double bytes = load.stream().mapToDouble(o -> o.memoryBytes().value()).sum();
    long cycle = load.stream().mapToLong(PlacementOption::batchNanos).sum();
    long models = load.stream().map(o -> o.service() + "/" + o.variant()).distinct().count();
    boolean late = false;
    for (PlacementOption option : load) {
      ServiceDemand service = problem.service(option.service());
      late |=
          load.size() > 1
              && service.tier() != Tier.OFFLINE
              && cycle + option.batchNanos() > service.latencyNanos();
    }
    return bytes <= device.facts().memoryBytes().value() && models == load.size() && !late;
  }

  private void load(int index) {
    if (index == loads.size()) {
      divide();
      return;
    }
    PlacementOption any = loads.get(index).getFirst();
    int used = 0;
    for (int i = 0; i < index; i++) {
      PlacementOption other = loads.get(i).getFirst();
      used += other.device().equals(any.device()) ? gangs[i] * other.tensorParallelDegree() : 0;
    }
    int most = (problem.device(any.device()).count() - used) / any.tensorParallelDegree();
    for (gangs[index] = most; gangs[index] > 0; gangs[index]--) {
      load(index + 1);
    }
    load(index + 1);
  }

  /** One time for each load that is used and each of its options. */
  private record Time(int load, PlacementOption option) {}

  private void divide() {
    tried++;
    List<Time> times = new ArrayList<>();
    for (int i = 0; i < gangs.length; i++) {
      for (PlacementOption option : gangs[i] > 0 ? loads.get(i) : List.<PlacementOption>of()) {
        times.add(new Time(i, option));
      }
    }
    List<double[]> rows = rows(times);
    double[] values = factors(times, t -> t.option.servedPerSecond() * worth(t));
    OptionalDouble most = TinySimplex.maximise(values, rows);
    if (most.isEmpty() || most.getAsDouble() < value - 1e-7 * Math.max(1, value)) {
      return;
    }
    double[] atLeast = row(times, t -> -t.option.servedPerSecond() * worth(t), 0);
    atLeast[times.size()] = -most.getAsDouble() * (1 - 1e-9);
    rows.add(atLeast);
    double least = held() - TinySimplex.maximise(factors(times, t -> -busy(t)), rows).orElseThrow();
    boolean more = most.getAsDouble() > value + 1e-7 * Math.max(1, value);
    badness = more ? least : Math.min(badness, least);
    value = Math.max(value, most.getAsDouble());
  }

  private double worth(Time time) {
    return problem.service(time.option.service()).valuePerRequest();
  }

  private List<double[]> rows(List<Time> times) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < gangs.length; i++) {
      int load = i;
      rows.add(row(times, t -> t.load == load ? 1 : 0, gangs[i]));
    }
    for (ServiceDemand service : problem.services()) {
      ToDoubleFunction<Time> rate =
          t -> t.option.service().equals(service.name()) ? t.option.servedPerSecond() : 0;
      rows.add(row(times, rate, service.ratePerSecond()));
      rows.add(row(times, t -> -rate.applyAsDouble(t), -service.promisedPerSecond()));
      rows.add(
          row(
              times,
              t -> rate.applyAsDouble(t) * (service.qualityFloor() - t.option.quality().value()),
              0));
    }
    problem
        .limits()
        .moneyPerHour()
        .ifPresent(m -> rows.add(limit(times, m, DeviceSupply::moneyPerHour)));
    problem.limits().watts().ifPresent(m -> rows.add(limit(times, m, DeviceSupply::watts)));
    problem
        .limits()
        .gramsPerHour()
        .ifPresent(m -> rows.add(limit(times, m, DeviceSupply::gramsPerHour)));
    return rows;
  }

  private interface AtShare {
    Figure of(DeviceSupply device, double share);
  }

  private double[] limit(List<Time> times, double most, AtShare figure) {
    double held = 0;
    for (int i = 0; i < gangs.length; i++) {
      PlacementOption any = loads.get(i).getFirst();
      DeviceSupply device = problem.device(any.device());
      held += gangs[i] * any.tensorParallelDegree() * figure.of(device, 0).value();
    }
    return row(times, t -> more(t, figure), most - held);
  }

  private double more(Time time, AtShare figure) {
    DeviceSupply device = problem.device(time.option.device());
    double more = figure.of(device, 1).value() - figure.of(device, 0).value();
    return time.option.tensorParallelDegree() * more;
  }

  private double held() {
    double held = 0;
    for (int i = 0; i < gangs.length; i++) {
      PlacementOption any = loads.get(i).getFirst();
      held += gangs[i] * any.tensorParallelDegree() * bad(problem.device(any.device()), 0);
    }
    return held;
  }

  private double bad(DeviceSupply device, double share) {
    return device.moneyPerHour(share).value()
        + problem.preference().moneyPerKilogram() / 1000 * device.gramsPerHour(share).value();
  }

  private double busy(Time time) {
    DeviceSupply device = problem.device(time.option.device());
    double perThousand =
        -100 * problem.preference().moneyPerQualityPoint() * time.option.quality().value();
    return time.option.tensorParallelDegree() * (bad(device, 1) - bad(device, 0))
        + perThousand * time.option.servedPerSecond() * 3.6;
  }

  private static double[] factors(List<Time> times, ToDoubleFunction<Time> factor) {
    return times.stream().mapToDouble(factor).toArray();
  }

  private static double[] row(List<Time> times, ToDoubleFunction<Time> factor, double right) {
    double[] row = Arrays.copyOf(factors(times, factor), times.size() + 1);
    row[times.size()] = right;
    return row;
  }
}
