package io.waip.replay.judge;

import io.waip.api.RequestDescriptor;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A cell as the engine sees it: each option is a variant of its service, best quality first, each
 * gang an endpoint.
 *
 * @param options by variant index
 */
record CellPlan(Deployment deployment, Plan plan, List<PlacementOption> options) {
  private static final Comparator<PlacementOption> BEST_FIRST =
      Comparator.comparingDouble(CellPlan::quality).reversed().thenComparing(PlacementOption.ORDER);

  /**
   * What a cell is made from.
   *
   * @param services whose variants the cell gives
   * @param longest length of each service's requests
   * @param parameters of every service, without limits and bucket edges
   */
  record Setting(
      List<Service> services,
      List<Integer> longest,
      List<Tenant> tenants,
      ServicePlan parameters) {}

  static CellPlan of(Cell cell, Setting setting) {
    List<Service> services = new ArrayList<>();
    List<ServicePlan> plans = new ArrayList<>();
    List<PlacementOption> options = new ArrayList<>();
    for (int s = 0; s < setting.services().size(); s++) {
      Service asked = setting.services().get(s);
      List<PlacementOption> own =
          cell.options().stream()
              .filter(option -> option.service().equals(asked.name()))
              .sorted(BEST_FIRST)
              .toList();
      if (!own.isEmpty()) {
        options.addAll(own);
        services.add(service(asked, own, setting.longest().get(s)));
        plans.add(parameters(setting.parameters(), asked, own, cell));
      }
    }
    Deployment deployment = new Deployment(services, setting.tenants(), endpoints(cell, options));
    return new CellPlan(deployment, new Plan(1, plans), options);
  }

  private static double quality(PlacementOption option) {
    return option.quality().isKnown() ? option.quality().value() : 0;
  }

  /**
   * Where a cell runs variants below the floor alone, those of other cells make up for it: the
   * floor holds for the mean of the service.
   */
  private static Service service(Service asked, List<PlacementOption> own, int longest) {
    Objective objective = asked.objective();
    double floor = Math.min(quality(own.getFirst()), objective.qualityFloor());
    return new Service(
        asked.name(),
        new Objective(objective.tier(), objective.latency(), objective.percentile(), floor),
        asked.paddable(),
        own.stream().map(o -> variant(o, longest)).toList());
  }

  private static Variant variant(PlacementOption option, int longest) {
    String name =
        "%s@%s x%d t%d b%d"
            .formatted(
                option.variant(),
                option.device(),
                option.tensorParallelDegree(),
                option.threads(),
                option.maxBatch());
    return new Variant(name, quality(option), option.maxBatch(), longest);
  }

  private static ServicePlan parameters(
      ServicePlan common, Service asked, List<PlacementOption> own, Cell cell) {
    List<VariantLimit> limits = new ArrayList<>();
    for (PlacementOption option : own) {
      boolean mayTakeAll = limits.isEmpty() || quality(option) >= asked.objective().qualityFloor();
      limits.add(new VariantLimit(mayTakeAll ? 1 : share(option, cell), option.maxBatch()));
    }
    TreeSet<Integer> edges = new TreeSet<>();
    if (asked.paddable()) {
      own.forEach(option -> option.buckets().forEach(bucket -> edges.add(bucket.edge())));
    }
    return common.toBuilder()
        .bucketEdges(List.copyOf(edges))
        .limits(new ServiceLimits(Double.POSITIVE_INFINITY, limits))
        .build();
  }

  /** Returns the share of a service's requests here that a variant is planned with. */
  private static double share(PlacementOption option, Cell cell) {
    return cell.plannedPerSecond(option) / cell.plannedPerSecond(option.service());
  }

  private static List<Endpoint> endpoints(Cell cell, List<PlacementOption> options) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (DeviceGroup group : cell.groups()) {
      long variants = 0;
      for (DeviceGroup.Share share : group.shares()) {
        variants |= 1L << options.indexOf(share.option());
      }
      for (int i = 0; i < group.gangs(); i++) {
        String name = group.device() + "-" + (endpoints.size() + 1);
        endpoints.add(new Endpoint(name, variants, 1, RequestDescriptor.NO_REGION));
      }
    }
    return endpoints;
  }

  /** Returns the times of this cell's variants. */
  LatencyModel model(OptionTimes times) {
    return (variant, batch, length) -> times.medianNanos(options.get(variant), batch, length);
  }
}
