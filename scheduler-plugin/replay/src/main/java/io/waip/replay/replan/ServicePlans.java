package io.waip.replay.replan;

import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns a placement into the parameters of an engine that serves all services on devices it shares.
 *
 * <p>A variant that the placement does not use gets no requests. One that is good enough for the
 * service's floor may take all of them; one below it takes its planned share at most, so that the
 * mean of the answers keeps the floor. Stateless.
 */
public final class ServicePlans {
  private static final double SHARE_STEPS = 1000;

  private ServicePlans() {}

  /**
   * Returns the parameters.
   *
   * @param common parameters of every service, without limits and bucket edges
   * @return one for each service, in their order
   */
  public static List<ServicePlan> of(
      PlacementPlan placement, List<PlannableService> services, ServicePlan common) {
    List<ServicePlan> plans = new ArrayList<>();
    for (PlannableService service : services) {
      plans.add(plan(placement, service, common));
    }
    return plans;
  }

  private static ServicePlan plan(
      PlacementPlan placement, PlannableService service, ServicePlan common) {
    double served = placement.service(service.name()).servedPerSecond();
    boolean isPlanned =
        service.variants().stream().anyMatch(v -> maxBatch(placement, service, v) > 0);
    if (!isPlanned) {
      return unplanned(placement, service, common);
    }
    List<VariantLimit> limits = new ArrayList<>();
    for (PlannableVariant variant : service.variants()) {
      int batch = maxBatch(placement, service, variant);
      limits.add(
          batch == 0
              ? new VariantLimit(0, 1)
              : new VariantLimit(share(placement, service, variant, served), batch));
    }
    return common.toBuilder()
        .bucketEdges(edges(placement, service))
        .limits(new ServiceLimits(Double.POSITIVE_INFINITY, limits))
        .build();
  }

  /**
   * Nothing of it was asked for in the window: what comes is served as without a plan, by instances
   * as wide as the others, since those of another width would take the same devices at once.
   */
  private static ServicePlan unplanned(
      PlacementPlan placement, PlannableService service, ServicePlan common) {
    Set<Integer> widths =
        placement.groups().stream().map(DeviceGroup::devicesPerGang).collect(Collectors.toSet());
    List<VariantLimit> limits =
        service.variants().stream()
            .map(variant ->
                variant.ways().stream().anyMatch(way -> widths.contains(way.devicesPerInstance()))
                    ? VariantLimit.NONE
                    : new VariantLimit(0, 1))
            .toList();
    return limits.contains(VariantLimit.NONE)
        ? common.toBuilder().limits(new ServiceLimits(Double.POSITIVE_INFINITY, limits)).build()
        : common;
  }

  private static List<Integer> edges(PlacementPlan placement, PlannableService service) {
    TreeSet<Integer> edges = new TreeSet<>();
    if (service.isPaddable() && service.isBucketed()) {
      for (DeviceGroup group : placement.groups()) {
        for (DeviceGroup.Share share : group.shares()) {
          if (share.option().service().equals(service.name())) {
            share.option().buckets().forEach(bucket -> edges.add(bucket.edge()));
          }
        }
      }
    }
    return List.copyOf(edges);
  }

  private static double share(
      PlacementPlan placement, PlannableService service, PlannableVariant variant, double served) {
    double quality = variant.quality().isKnown() ? variant.quality().value() : 0;
    if (quality >= service.objective().qualityFloor()) {
      return 1;
    }
    double own = 0;
    for (DeviceGroup group : placement.groups()) {
      for (DeviceGroup.Share share : group.shares()) {
        own += is(share.option(), service, variant) ? group.servedPerSecond(share) : 0;
      }
    }
    // Rounded down: a share above the planned one would break the floor.
    return served > 0 ? Math.min(1, Math.floor(own / served * SHARE_STEPS) / SHARE_STEPS) : 0;
  }

  /** Returns the largest batch cap of a variant's options, 0 where it is not placed. */
  private static int maxBatch(
      PlacementPlan placement, PlannableService service, PlannableVariant variant) {
    int largest = 0;
    for (DeviceGroup group : placement.groups()) {
      for (DeviceGroup.Share share : group.shares()) {
        if (is(share.option(), service, variant)) {
          largest = Math.max(largest, share.option().maxBatch());
        }
      }
    }
    return largest;
  }

  private static boolean is(
      PlacementOption option, PlannableService service, PlannableVariant variant) {
    return option.service().equals(service.name()) && option.variant().equals(variant.model());
  }
}
