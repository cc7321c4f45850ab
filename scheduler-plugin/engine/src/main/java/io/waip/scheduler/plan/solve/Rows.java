package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlanningConstraint;
import io.waip.api.plan.PlanningConstraint.Kind;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.ServiceDemand;
import io.waip.scheduler.plan.solve.Instance.Taking;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows that every program has: devices, demand, floors and limits, each scaled to a right side
 * of 1. Variables are gangs, which take devices, and times, in which options serve.
 */
final class Rows {
  private static final int NONE = -1;

  /** Step of a quality floor. */
  private static final double POINT = 0.01;

  final LinearProgram program = new LinearProgram();
  private final Instance instance;
  private final Goal goal;
  private final int[] deviceRow;
  private final int[] demandRow;
  private final int[] floorRow;
  private final int[] keptRow;
  private final Limit money;
  private final Limit watts;
  private final Limit grams;
  private final int valueRow;

  /** The row of a limit of all devices, its scale, and what they take of it. */
  private record Limit(int row, double scale, Taking taking) {}

  /**
   * Adds the rows.
   *
   * @param leastValue served value per second from below; negative infinity for none
   */
  Rows(Instance instance, Goal goal, double leastValue) {
    this.instance = instance;
    this.goal = goal;
    deviceRow =
        instance.devices.stream()
            .mapToInt(d -> program.row(Double.NEGATIVE_INFINITY, Math.min(1, d.count())))
            .toArray();
    demandRow = instance.services.stream().mapToInt(this::demandRow).toArray();
    floorRow =
        instance.services.stream()
            .mapToInt(s -> s.qualityFloor() > 0 ? program.row(0, Double.POSITIVE_INFINITY) : NONE)
            .toArray();
    keptRow = instance.services.stream().mapToInt(this::keptRow).toArray();
    PlanningLimits limits = instance.problem.limits();
    money = limit(limits.moneyPerHour(), instance.money);
    watts = limit(limits.watts(), instance.watts);
    grams = limit(limits.gramsPerHour(), instance.grams);
    boolean bound = leastValue > Double.NEGATIVE_INFINITY;
    valueRow =
        bound ? program.row(leastValue / instance.wholeValue(), Double.POSITIVE_INFINITY) : NONE;
  }

  private int demandRow(ServiceDemand service) {
    boolean kept = goal.kind() != Goal.Kind.PROMISES && service.promisedPerSecond() > 0;
    double least = kept ? service.promisedPerSecond() / scale(service) : Double.NEGATIVE_INFINITY;
    return program.row(least, service.ratePerSecond() > 0 ? 1 : 0);
  }

  /** A promise that need not be kept is counted as far as it is. */
  private int keptRow(ServiceDemand service) {
    boolean counted = goal.kind() == Goal.Kind.PROMISES && service.promisedPerSecond() > 0;
    if (!counted) {
      return NONE;
    }
    int kept = program.variable(0, service.promisedPerSecond() / scale(service));
    int row = program.row(0, Double.POSITIVE_INFINITY);
    program.add(row, kept, -1);
    program.addObjective(kept, scale(service) / allPromised());
    return row;
  }

  private double allPromised() {
    return instance.services.stream().mapToDouble(ServiceDemand::promisedPerSecond).sum();
  }

  private static double scale(ServiceDemand service) {
    return service.ratePerSecond() > 0 ? service.ratePerSecond() : 1;
  }

  private Limit limit(OptionalDouble most, Taking taking) {
    if (most.isEmpty()) {
      return new Limit(NONE, 1, taking);
    }
    double scale = most.getAsDouble() > 0 ? most.getAsDouble() : 1;
    int row = program.row(Double.NEGATIVE_INFINITY, most.getAsDouble() / scale);
    return new Limit(row, scale, taking);
  }

  /** Lets a variable count gangs. */
  void addGangs(int variable, int device, int degree) {
    double supply = Math.max(1, instance.devices.get(device).count());
    program.add(deviceRow[device], variable, degree / supply);
    for (Limit limit : new Limit[] {money, watts, grams}) {
      if (limit.row != NONE) {
        program.add(limit.row, variable, degree * limit.taking.held()[device] / limit.scale);
      }
    }
    switch (goal.kind()) {
      case LEAST_BADNESS -> program.addObjective(variable, -heldBadness(device, degree));
      case LEAST_MONEY -> program.addObjective(variable, -degree * instance.money.held()[device]);
      case LEAST_WATTS -> program.addObjective(variable, -degree * instance.watts.held()[device]);
      case LEAST_GRAMS -> program.addObjective(variable, -degree * instance.grams.held()[device]);
      case LEAST_DEVICES -> program.addObjective(variable, device == goal.subject() ? -degree : 0);
      default -> {}
    }
  }

  private double heldBadness(int device, int degree) {
    double[] held = instance.badness.device().held();
    boolean free = Arrays.stream(held).allMatch(each -> each == 0);
    return degree * (free ? 1 : held[device]);
  }

  /** Lets a variable be time of gangs in which an option runs. */
  void addTime(int variable, int option) {
    int service = instance.serviceOf[option];
    ServiceDemand demand = instance.services.get(service);
    double served = instance.rate(option) / scale(demand);
    program.add(demandRow[service], variable, served);
    if (keptRow[service] != NONE) {
      program.add(keptRow[service], variable, served);
    }
    if (floorRow[service] != NONE) {
      double above = instance.qualityOf[option] - demand.qualityFloor();
      program.add(floorRow[service], variable, served * above);
    }
    int device = instance.deviceOf[option];
    for (Limit limit : new Limit[] {money, watts, grams}) {
      if (limit.row != NONE) {
        double busy = instance.degree(option) * limit.taking.busy()[device];
        program.add(limit.row, variable, busy / limit.scale);
      }
    }
    if (valueRow != NONE) {
      program.add(valueRow, variable, instance.value(option) / instance.wholeValue());
    }
    program.addObjective(variable, timeObjective(option, service, served));
  }

  private double timeObjective(int option, int service, double served) {
    int device = instance.deviceOf[option];
    int degree = instance.degree(option);
    return switch (goal.kind()) {
      case VALUE -> instance.value(option) / instance.wholeValue();
      case LEAST_BADNESS ->
          -degree * instance.badness.device().busy()[device]
              - instance.badness.answered()[option] * instance.rate(option);
      case LEAST_MONEY -> -degree * instance.money.busy()[device];
      case LEAST_WATTS -> -degree * instance.watts.busy()[device];
      case LEAST_GRAMS -> -degree * instance.grams.busy()[device];
      case SERVED -> service == goal.subject() ? served : 0;
      case QUALITY ->
          service == goal.subject() ? served * (instance.qualityOf[option] - goal.level()) : 0;
      case LEAST_DEVICES, PROMISES -> 0;
    };
  }

  /**
   * Returns the constraints that bind, with the served value per second of one more unit.
   *
   * @param servedShare of each service's demand in the solution
   */
  SortedMap<PlanningConstraint, Double> binding(
      LinearProgram.Solution solution, double[] servedShare) {
    double[] prices = program.provenPrices(solution);
    SortedMap<PlanningConstraint, Double> binding = new TreeMap<>();
    double whole = instance.wholeValue();
    for (int d = 0; d < deviceRow.length; d++) {
      double supply = Math.max(1, instance.devices.get(d).count());
      PlanningConstraint name =
          new PlanningConstraint(Kind.DEVICES, instance.devices.get(d).name());
      binding.put(name, prices[deviceRow[d]] * whole / supply);
    }
    for (int s = 0; s < floorRow.length; s++) {
      if (floorRow[s] != NONE) {
        PlanningConstraint name =
            new PlanningConstraint(Kind.QUALITY_FLOOR, instance.services.get(s).name());
        binding.put(name, -prices[floorRow[s]] * POINT * servedShare[s] * whole);
      }
    }
    put(binding, Kind.MONEY, money, prices);
    put(binding, Kind.WATTS, watts, prices);
    put(binding, Kind.GRAMS, grams, prices);
    binding.values().removeIf(price -> price <= 1e-9 * whole);
    return binding;
  }

  private void put(
      SortedMap<PlanningConstraint, Double> binding, Kind kind, Limit limit, double[] prices) {
    if (limit.row != NONE) {
      double price = prices[limit.row] * instance.wholeValue() / limit.scale;
      binding.put(new PlanningConstraint(kind, ""), price);
    }
  }
}
