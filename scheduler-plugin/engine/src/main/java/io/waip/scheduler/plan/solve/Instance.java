package io.waip.scheduler.plan.solve;

import io.waip.api.Tier;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Figure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A problem by index: services, devices and permitted options in the order of their names.
 *
 * <p>What devices take is linear in the devices used and the time in which they are busy: {@code
 * held} for each used device, {@code busy} more for each that is busy all the time. A figure that
 * is unknown is NaN, and nothing reads it that the problem has not checked.
 */
final class Instance {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double ONE_THOUSAND = 1000;

  final PlanningProblem problem;
  final List<ServiceDemand> services;
  final List<DeviceSupply> devices;
  final List<PlacementOption> options;
  final int[] serviceOf;
  final int[] deviceOf;
  final double[] memoryOf;
  final double[] qualityOf;
  final double[] memory;
  final Taking money;
  final Taking watts;
  final Taking grams;
  final Badness badness;

  /** What each used device takes, and what it takes more when it is busy all the time. */
  @SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
  record Taking(double[] held, double[] busy) {
    boolean isKnown() {
      for (int i = 0; i < held.length; i++) {
        if (Double.isNaN(held[i] + busy[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * What makes plans of equal value differ, of what is known of all devices.
   *
   * @param device badness per hour of each used device, and more where busy
   * @param answered badness per hour of each request per second through an option
   */
  @SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
  record Badness(Taking device, double[] answered) {}

  Instance(PlanningProblem given) {
    problem = given.canonical();
    services = problem.services();
    devices = problem.devices();
    options = problem.options().stream().filter(PlacementOption::permitted).toList();
    Map<String, Integer> service = new HashMap<>();
    Map<String, Integer> device = new HashMap<>();
    services.forEach(each -> service.put(each.name(), service.size()));
    devices.forEach(each -> device.put(each.name(), device.size()));
    serviceOf = options.stream().mapToInt(option -> service.get(option.service())).toArray();
    deviceOf = options.stream().mapToInt(option -> device.get(option.device())).toArray();
    memoryOf = options.stream().mapToDouble(option -> option.memoryBytes().value()).toArray();
    qualityOf = options.stream().mapToDouble(option -> known(option.quality())).toArray();
    memory = devices.stream().mapToDouble(each -> known(each.facts().memoryBytes())).toArray();
    money = taking(DeviceSupply::moneyPerHour);
    watts = taking(DeviceSupply::watts);
    grams = taking(DeviceSupply::gramsPerHour);
    badness = new Badness(deviceBadness(), answeredBadness());
  }

  /** A figure of a device at a busy share. */
  private interface AtShare {
    Figure of(DeviceSupply device, double busyShare);
  }

  private static double known(Figure figure) {
    return figure.isKnown() ? figure.value() : Double.NaN;
  }

  private Taking taking(AtShare figure) {
    ToDoubleFunction<DeviceSupply> idle = each -> known(figure.of(each, 0));
    ToDoubleFunction<DeviceSupply> full = each -> known(figure.of(each, 1));
    double[] held = devices.stream().mapToDouble(idle).toArray();
    double[] busy =
        devices.stream().mapToDouble(d -> full.applyAsDouble(d) - idle.applyAsDouble(d)).toArray();
    return new Taking(held, busy);
  }

  private Taking deviceBadness() {
    double[] held = new double[devices.size()];
    double[] busy = new double[devices.size()];
    double carbon = problem.preference().moneyPerKilogram() / ONE_THOUSAND;
    for (int i = 0; i < held.length; i++) {
      if (money.isKnown()) {
        held[i] += money.held[i];
        busy[i] += money.busy[i];
      }
      if (carbon > 0 && grams.isKnown()) {
        held[i] += carbon * grams.held[i];
        busy[i] += carbon * grams.busy[i];
      }
    }
    return new Taking(held, busy);
  }

  private double[] answeredBadness() {
    double[] answered = new double[options.size()];
    double point = problem.preference().moneyPerQualityPoint();
    boolean known = options.stream().allMatch(option -> option.quality().isKnown());
    for (int i = 0; i < answered.length && known; i++) {
      answered[i] = -100 * point * qualityOf[i] * SECONDS_PER_HOUR / ONE_THOUSAND;
    }
    return answered;
  }

  /** Returns the requests per second that a gang serves through an option all the time. */
  double rate(int option) {
    return options.get(option).servedPerSecond();
  }

  /** Returns the devices of a gang of an option. */
  int degree(int option) {
    return options.get(option).tensorParallelDegree();
  }

  /** Returns the value of all that is asked for, per second; {@code > 0}. */
  double wholeValue() {
    double value =
        services.stream().mapToDouble(s -> s.valuePerRequest() * s.ratePerSecond()).sum();
    return value > 0 ? value : 1;
  }

  /** Returns the value per second that a gang serves through an option all the time. */
  double value(int option) {
    return services.get(serviceOf[option]).valuePerRequest() * rate(option);
  }

  /** Says whether options may be loaded on the same gang. */
  boolean fit(int[] loaded, int size) {
    double bytes = 0;
    for (int i = 0; i < size; i++) {
      bytes += memoryOf[loaded[i]];
      for (int j = 0; j < i; j++) {
        if (sameModel(options.get(loaded[i]), options.get(loaded[j]))) {
          return false;
        }
      }
    }
    return bytes <= memory[deviceOf[loaded[0]]] && (size == 1 || inTime(loaded, size));
  }

  private static boolean sameModel(PlacementOption a, PlacementOption b) {
    return a.service().equals(b.service()) && a.variant().equals(b.variant());
  }

  /** A request waits at most for a batch of each option on the gang before its own runs. */
  private boolean inTime(int[] loaded, int size) {
    double cycle = 0;
    for (int i = 0; i < size; i++) {
      cycle += options.get(loaded[i]).batchNanos();
    }
    for (int i = 0; i < size; i++) {
      ServiceDemand service = services.get(serviceOf[loaded[i]]);
      boolean bound = service.tier() != Tier.OFFLINE;
      if (bound && cycle + options.get(loaded[i]).batchNanos() > service.latencyNanos()) {
        return false;
      }
    }
    return true;
  }
}
