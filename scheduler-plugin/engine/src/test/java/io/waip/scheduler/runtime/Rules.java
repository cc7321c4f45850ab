package io.waip.scheduler.runtime;

import io.waip.api.RequestDescriptor;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.VariantLimit;
import java.util.List;

/** What the deployment allows, written without the engine's tables so that it can check them. */
final class Rules {
  /** The most a prediction is corrected upwards; see the feedback log. */
  private static final double HIGHEST_CORRECTION = 4;

  private final Scenario scenario;
  private final List<Service> services;
  private final List<Variant> variants;
  private final List<Endpoint> endpoints;
  private final int[] serviceOfVariant;
  private final int[] firstVariant;
  private final long[] dispatched;
  private Plan plan;

  Rules(Scenario scenario) {
    this.scenario = scenario;
    plan = scenario.firstPlan;
    services = scenario.deployment.services();
    variants = scenario.deployment.variants();
    endpoints = scenario.deployment.endpoints();
    serviceOfVariant = new int[variants.size()];
    dispatched = new long[variants.size()];
    firstVariant = new int[services.size() + 1];
    for (int s = 0; s < services.size(); s++) {
      firstVariant[s + 1] = firstVariant[s] + services.get(s).variants().size();
      for (int v = firstVariant[s]; v < firstVariant[s + 1]; v++) {
        serviceOfVariant[v] = s;
      }
    }
  }

  void plan(Plan current) {
    plan = current;
  }

  boolean hasVariant(int variant) {
    return variant >= 0 && variant < variants.size();
  }

  int serviceOf(int variant) {
    return serviceOfVariant[variant];
  }

  int firstVariant(int service) {
    return firstVariant[service];
  }

  int endVariant(int service) {
    return firstVariant[service + 1];
  }

  Service service(int service) {
    return services.get(service);
  }

  Variant variant(int variant) {
    return variants.get(variant);
  }

  Endpoint endpoint(int endpoint) {
    return endpoints.get(endpoint);
  }

  int endpoints() {
    return endpoints.size();
  }

  boolean defers(int service) {
    return plan.services().get(service).deferral()
        || plan.services().get(service).gatherShare() > 0;
  }

  boolean permits(int region, int endpoint) {
    return region == RequestDescriptor.NO_REGION || region == endpoints.get(endpoint).region();
  }

  /** Says whether a variant of the service is good enough and long enough for a request. */
  boolean fits(int service, int variant, int length, double floor) {
    Variant form = variants.get(variant);
    return maxShare(variant) > 0 && form.quality() >= floor && length <= form.maxLength();
  }

  private double maxShare(int variant) {
    int service = serviceOfVariant[variant];
    double planned = limit(variant).maxShare();
    double floor = services.get(service).objective().qualityFloor();
    return planned == 1 && variants.get(variant).quality() < floor ? 0 : planned;
  }

  private VariantLimit limit(int variant) {
    int service = serviceOfVariant[variant];
    List<VariantLimit> limits = plan.services().get(service).limits().variants();
    return limits.isEmpty() ? VariantLimit.NONE : limits.get(variant - firstVariant[service]);
  }

  /** Returns the largest batch that variant and plan allow. */
  int maxBatch(int variant) {
    return Math.min(variants.get(variant).maxBatch(), limit(variant).maxBatch());
  }

  /** Returns the requests admitted to a service in a second. */
  double ceilingPerSecond(int service) {
    return plan.services().get(service).limits().ceilingPerSecond();
  }

  /** Says whether so many requests more keep a variant within its share of the service's. */
  boolean withinShare(int variant, int requests) {
    int service = serviceOfVariant[variant];
    long all = requests;
    for (int v = firstVariant[service]; v < firstVariant[service + 1]; v++) {
      all += dispatched[v];
    }
    return dispatched[variant] + requests <= maxShare(variant) * all;
  }

  void dispatched(int variant, int requests) {
    dispatched[variant] += requests;
  }

  /** Returns the length a batch of the service is padded to whose longest request is this long. */
  int padded(int service, int longest) {
    List<Integer> edges = plan.services().get(service).bucketEdges();
    if (edges.isEmpty()) {
      return longest;
    }
    int padded = Integer.MAX_VALUE;
    for (int edge : edges) {
      padded = edge >= longest ? Math.min(padded, edge) : padded;
    }
    for (Variant variant : services.get(service).variants()) {
      padded = variant.maxLength() >= longest ? Math.min(padded, variant.maxLength()) : padded;
    }
    return padded;
  }

  /** Returns the longest time the engine may predict for one request alone. */
  long slowestAloneNanos(int variant, int length) {
    int service = serviceOfVariant[variant];
    double margin = plan.services().get(service).latencyMargin();
    double median = scenario.model.medianNanos(variant, 1, padded(service, length));
    return (long) Math.ceil((median * margin + 1) * HIGHEST_CORRECTION);
  }
}
