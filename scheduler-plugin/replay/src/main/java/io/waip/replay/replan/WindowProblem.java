package io.waip.replay.replan;

import io.waip.api.deployment.Tenant;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Preference;
import io.waip.replay.Noise;
import io.waip.replay.judge.JudgedWindow;
import io.waip.replay.judge.OptionTimes;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The planning problem that a window of requests poses. Single thread.
 *
 * <p>The demand of a service is its mean rate over the window; batch caps leave room for the noise
 * on times.
 */
public final class WindowProblem {
  private static final int SHARED_TURNS = 4;

  private final List<PlannableService> services;
  private final List<Tenant> tenants;
  private final Supply supply;

  /**
   * What plans may use.
   *
   * @param devices at least one kind
   * @param limits of all devices together
   * @param preference what makes one plan better than another that serves the same value
   */
  public record Supply(List<DeviceSupply> devices, PlanningLimits limits, Preference preference) {
    /** Copies the list. */
    public Supply {
      devices = List.copyOf(devices);
    }
  }

  /**
   * Prepares.
   *
   * @param services by the index that requests of windows carry
   * @param tenants likewise
   */
  public WindowProblem(List<PlannableService> services, List<Tenant> tenants, Supply supply) {
    this.services = List.copyOf(services);
    this.tenants = List.copyOf(tenants);
    this.supply = supply;
  }

  /**
   * Returns the problem.
   *
   * @param extraNanos added to every latency bound
   * @throws IllegalArgumentException as {@link PlanningProblem}
   */
  public PlanningProblem problem(Workload workload, Noise noise, long extraNanos) {
    List<ServiceDemand> demands = new ArrayList<>();
    List<PlacementOption> options = new ArrayList<>();
    Map<String, Integer> devices = new HashMap<>();
    supply.devices().forEach(device -> devices.put(device.name(), device.count()));
    for (int s = 0; s < services.size(); s++) {
      PlannableService service = services.get(s);
      int[] lengths = lengths(workload, s);
      ServiceDemand demand = demand(service, lengths.length, workload, extraNanos);
      demands.add(demand);
      if (lengths.length > 0) {
        options.addAll(
            new ServiceOptions(service, demand, lengths, noise.latencyMargin())
                .on(devices, shortBatchNanos(extraNanos)));
      }
    }
    return new PlanningProblem(
        demands, supply.devices(), options, supply.limits(), supply.preference());
  }

  private static int[] lengths(Workload workload, int service) {
    return IntStream.range(0, workload.size())
        .filter(i -> workload.service(i) == service)
        .map(workload::length)
        .toArray();
  }

  private static ServiceDemand demand(
      PlannableService service, int requests, Workload workload, long extraNanos) {
    double rate = requests * 1e9 / workload.windowNanos();
    return new ServiceDemand(
        service.name(),
        rate,
        service.objective().latency().toNanos() + extraNanos,
        service.objective().qualityFloor(),
        service.valuePerRequest(),
        service.objective().tier(),
        Math.min(rate, service.promisedPerSecond()));
  }

  /**
   * Returns how long a batch may be on a device that several services share: a request waits for
   * one under way and may find another service's turn before its own.
   */
  private long shortBatchNanos(long extraNanos) {
    long tightest =
        services.stream()
            .mapToLong(service -> service.objective().latency().toNanos())
            .min()
            .orElseThrow();
    return (tightest + extraNanos) / SHARED_TURNS;
  }

  /** Returns the window that plans for the problem are judged on. */
  public JudgedWindow window(Workload workload, Noise noise) {
    return new JudgedWindow(
        workload,
        services.stream().map(PlannableService::judged).toList(),
        tenants,
        times(),
        noise);
  }

  /** Returns the times of every option. */
  private OptionTimes times() {
    Map<String, WayToRun> ways = new HashMap<>();
    for (PlannableService service : services) {
      for (PlannableVariant variant : service.variants()) {
        for (WayToRun way : variant.ways()) {
          String key = key(service.name(), variant.model(), way.device(), way.devicesPerInstance());
          ways.put(key, way);
        }
      }
    }
    return (option, batch, length) ->
        Objects.requireNonNull(
                ways.get(
                    key(
                        option.service(),
                        option.variant(),
                        option.device(),
                        option.tensorParallelDegree())))
            .times()
            .medianNanos(0, batch, length);
  }

  private static String key(String service, String variant, String device, int degree) {
    return service + "\n" + variant + "\n" + device + "\n" + degree;
  }
}
