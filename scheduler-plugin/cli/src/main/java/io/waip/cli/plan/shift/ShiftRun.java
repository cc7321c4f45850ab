package io.waip.cli.plan.shift;

import io.waip.api.Tier;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.EnergyTerms;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Forecast;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.JsonOutput;
import io.waip.scheduler.plan.shift.DeferrableJob;
import io.waip.scheduler.plan.shift.DevicePool;
import io.waip.scheduler.plan.shift.ShiftPlan;
import io.waip.scheduler.plan.shift.ShiftProblem;
import io.waip.scheduler.plan.shift.ShiftProblem.Aim;
import io.waip.scheduler.plan.shift.ShiftSlot;
import io.waip.scheduler.plan.shift.Shifter;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans deferrable jobs on what interactive work leaves of the devices. */
public final class ShiftRun {
  /** Cells of the linear program, jobs by slots by devices: about a minute. */
  private static final long MOST_CELLS = 10_000;

  private final ShiftFiles files;
  private final OptionalDouble wattsCap;
  private final List<DeviceSupply> devices;
  private final Aim aim;
  private final Map<String, Double> speeds;

  ShiftRun(ShiftFiles files, PlannerConfig config, List<DeviceSupply> devices, Aim aim) {
    this.files = files;
    this.devices = List.copyOf(devices);
    this.aim = aim;
    wattsCap = config.planner().limits().watts();
    speeds =
        config.devices().stream()
            .collect(Collectors.toMap(DeviceSettings::name, DeviceSettings::speed));
  }

  /**
   * Returns the devices that a plan loads for services that are not offline, whole devices by name.
   */
  public static Map<String, Integer> needed(PlanningProblem problem, PlacementPlan plan) {
    Set<String> urgent =
        problem.services().stream()
            .filter(service -> service.tier() != Tier.OFFLINE)
            .map(ServiceDemand::name)
            .collect(Collectors.toSet());
    return plan.groups().stream()
        .filter(group ->
            group.shares().stream().anyMatch(share -> urgent.contains(share.option().service())))
        .collect(
            Collectors.groupingBy(
                DeviceGroup::device, Collectors.summingInt(DeviceGroup::devices)));
  }

  /**
   * Plans, prints and writes.
   *
   * @param needed devices of interactive work by name, where no file says it over time
   * @return exit code: 1 where a job cannot be done inside its deadline
   * @throws UserError if the configuration lacks what a cap needs
   */
  public int answer(Map<String, Integer> needed, PrintWriter out, JsonOutput json) {
    ShiftProblem problem = problem(needed);
    ShiftPlan plan = Shifter.plan(problem);
    ShiftFigures figures = ShiftFigures.of(problem, plan);
    new ShiftTable(out).print(figures);
    json.write(figures);
    return plan.undone().isEmpty() ? 0 : 1;
  }

  private ShiftProblem problem(Map<String, Integer> needed) {
    try {
      List<DevicePool> pools = devices.stream().map(this::pool).toList();
      List<ShiftSlot> slots = slots(needed);
      long cells = (long) files.jobs().size() * slots.size() * pools.size();
      if (cells > MOST_CELLS) {
        throw new UserError(
            "%d jobs, %d slots and %d kinds of devices are too many together"
                .formatted(files.jobs().size(), slots.size(), pools.size()),
            "--shift",
            "a product of at most " + MOST_CELLS,
            "plan fewer jobs or a shorter time at once, or join small jobs");
      }
      return new ShiftProblem(files.jobs(), pools, slots, wattsCap, aim);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--config", "", "");
    }
  }

  private DevicePool pool(DeviceSupply device) {
    return new DevicePool(
        device.name(),
        device.count(),
        speeds.getOrDefault(device.name(), DeviceSettings.DEFAULT_SPEED),
        given(device.facts().idleWatts()),
        given(device.facts().boardWatts()));
  }

  private static OptionalDouble given(Figure figure) {
    return figure.isKnown() ? OptionalDouble.of(figure.value()) : OptionalDouble.empty();
  }

  /** Cuts the time of all windows wherever a forecast or the need of interactive work changes. */
  private List<ShiftSlot> slots(Map<String, Integer> needed) {
    long from = files.jobs().stream().mapToLong(DeferrableJob::releaseSeconds).min().orElseThrow();
    long to = files.jobs().stream().mapToLong(DeferrableJob::deadlineSeconds).max().orElseThrow();
    TreeSet<Long> times = new TreeSet<>(List.of(from, to));
    for (Forecast forecast : files.forecasts().values()) {
      for (int s = 0; s <= forecast.terms().size(); s++) {
        times.add(forecast.start().plus(forecast.slot().multipliedBy(s)).getEpochSecond());
      }
    }
    files.needed().values().forEach(own -> times.addAll(own.keySet()));
    List<Long> cuts = new ArrayList<>(times.subSet(from, true, to, true));
    List<ShiftSlot> slots = new ArrayList<>();
    for (int s = 0; s + 1 < cuts.size(); s++) {
      long start = cuts.get(s);
      slots.add(
          new ShiftSlot(
              start,
              cuts.get(s + 1),
              devices.stream().map(device -> supply(device, start, needed)).toList()));
    }
    return slots;
  }

  private ShiftSlot.Supply supply(DeviceSupply device, long start, Map<String, Integer> needed) {
    double busy = needed.getOrDefault(device.name(), 0);
    NavigableMap<Long, Double> own = files.needed().getOrDefault(device.name(), new TreeMap<>());
    Map.Entry<Long, Double> latest = own.floorEntry(start);
    // Before the first row of a device nothing is said of it: none of it is spare.
    double given = latest == null ? device.count() : latest.getValue();
    double need = own.isEmpty() ? busy : given;
    return new ShiftSlot.Supply(
        Math.max(0, device.count() - need), terms(device, Instant.ofEpochSecond(start)));
  }

  /** A figure that the forecast of a region never gives is the configuration's, at all times. */
  private EnergyTerms terms(DeviceSupply device, Instant start) {
    Forecast forecast = files.forecasts().get(device.region());
    EnergyTerms fixed =
        new EnergyTerms(
            device.tariff().moneyPerKilowattHour(), device.tariff().gramsPerKilowattHour());
    if (forecast == null) {
      return fixed;
    }
    boolean hasMoney =
        forecast.terms().stream().anyMatch(terms -> terms.moneyPerKilowattHour().isKnown());
    boolean hasGrams =
        forecast.terms().stream().anyMatch(terms -> terms.gramsPerKilowattHour().isKnown());
    EnergyTerms at = forecast.at(start);
    return new EnergyTerms(
        hasMoney ? at.moneyPerKilowattHour() : fixed.moneyPerKilowattHour(),
        hasGrams ? at.gramsPerKilowattHour() : fixed.gramsPerKilowattHour());
  }
}
