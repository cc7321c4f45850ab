package io.waip.cli.plan;

import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Preference;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.replay.Noise;
import io.waip.replay.judge.OptionTimes;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Turns a configuration and the requests of a window into a planning problem. */
final class PlanProblem {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int SHARED_TURNS = 4;

  private final VariantCosts costs;
  private final PlannerConfig config;
  private final Workload workload;
  private final Noise noise;
  private final DeviceTerms terms = new DeviceTerms();

  PlanProblem(PlannerConfig config, Workload workload, Noise noise, VariantCosts costs) {
    this.costs = costs;
    this.config = config;
    this.workload = workload;
    this.noise = noise;
  }

  /** Returns the latency bound of a service; offline ones without one have an hour. */
  static long latencyNanos(ServiceSettings service) {
    return service
        .objective()
        .latency()
        .total()
        .map(Duration::toNanos)
        .orElseGet(() -> {
          if (service.objective().tier() == Tier.OFFLINE) {
            return 3_600_000 * NANOS_PER_MILLI;
          }
          throw UserError.usage(
              "service '" + service.name() + "' has no latency objective",
              "--config",
              "a latency for every service that is not offline",
              "add 'latency: 50ms' to its objective");
        });
  }

  /**
   * Returns the problem.
   *
   * @param extraNanos added to every latency bound
   * @throws UserError if the configuration lacks what a plan needs
   */
  PlanningProblem problem(long extraNanos) {
    requirePlannable();
    List<ServiceDemand> demands = new ArrayList<>();
    List<PlacementOption> options = new ArrayList<>();
    for (int s = 0; s < config.services().size(); s++) {
      ServiceDemand demand = demand(s, extraNanos);
      demands.add(demand);
      options.addAll(options(s, demand, extraNanos));
    }
    try {
      return new PlanningProblem(
          demands,
          config.devices().stream().map(terms::supply).toList(),
          options,
          config.planner().limits(),
          Preference.MONEY);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--config", "", "");
    }
  }

  private void requirePlannable() {
    if (config.devices().isEmpty()) {
      throw noDevices();
    }
    if (!config.governance().isEmpty()) {
      throw UserError.usage(
          "governance rules are not planned with yet, and a plan must not look as if it kept them",
          "--config",
          "no governance",
          "plan the services that the rules concern on devices where they hold, without the rules");
    }
  }

  static UserError noDevices() {
    return UserError.usage(
        "the configuration names no devices",
        "--config",
        "at least one kind of devices",
        "add 'devices: [{ name: l4, count: 8 }]'");
  }

  private ServiceDemand demand(int s, long extraNanos) {
    ServiceSettings service = config.services().get(s);
    long requests =
        IntStream.range(0, workload.size()).filter(i -> workload.service(i) == s).count();
    double rate = requests * 1e9 / workload.windowNanos();
    double promised = Math.min(rate, service.objective().throughputPerSecond().orElse(0));
    Tier tier = service.objective().tier();
    return new ServiceDemand(
        service.name(),
        rate,
        latencyNanos(service) + extraNanos,
        service.objective().qualityFloor(),
        1 << (Tier.COUNT - 1 - tier.ordinal()),
        tier,
        promised);
  }

  private List<PlacementOption> options(int s, ServiceDemand demand, long extraNanos) {
    int[] lengths =
        IntStream.range(0, workload.size())
            .filter(i -> workload.service(i) == s)
            .map(workload::length)
            .toArray();
    ServiceOptions options =
        new ServiceOptions(
            config.services().get(s),
            demand,
            lengths,
            new ServiceOptions.Times(costs, noise.latencyMargin()));
    return lengths.length == 0
        ? List.of()
        : options.on(config.devices(), shortBatchNanos(extraNanos));
  }

  /**
   * Returns how long a batch may be on a device that several services share: a request waits for
   * one under way and may find another service's turn before its own.
   */
  private long shortBatchNanos(long extraNanos) {
    long tightest =
        config.services().stream().mapToLong(PlanProblem::latencyNanos).min().orElseThrow();
    return (tightest + extraNanos) / SHARED_TURNS;
  }

  /** Returns the times of every option. */
  OptionTimes times() {
    Map<String, LatencyModel> times = new HashMap<>();
    for (ServiceSettings service : config.services()) {
      for (VariantSettings variant : service.variants()) {
        for (DeviceSettings device : config.devices()) {
          times.put(
              key(service.name(), variant.model(), device.name()),
              costs.of(service, variant, device));
        }
      }
    }
    return (option, batch, length) ->
        Objects.requireNonNull(times.get(key(option.service(), option.variant(), option.device())))
            .medianNanos(0, batch, length);
  }

  private static String key(String service, String variant, String device) {
    return service + "\n" + variant + "\n" + device;
  }
}
